import { anyPurpose, profileId, stackLevel, transactionId } from './identity';

/** Fields of a form, by the names of their values in OCPP. */
type FieldsByName = Readonly<Record<string, { label: string }>>;

const IDENTITY: FieldsByName = {
	id: profileId,
	stackLevel,
	chargingProfilePurpose: anyPurpose,
	transactionId,
};

/**
 * The label of the field behind a path of a profile: `chargingSchedule[0].duration` → "Duration (S)".
 * @param others the form’s fields besides those that identify a profile
 */
export function fieldNameOf(path: string, others: FieldsByName = {}): string {
	const fields = { ...IDENTITY, ...others };
	const name = path
		.replace(/\[\d+\]/g, '')
		.split('.')
		.reverse()
		.find((segment) => Object.hasOwn(fields, segment));
	return name === undefined ? 'Charging Profile' : fields[name].label;
}
