import type { ChargingProfile } from './profile';

export interface Finding {
	severity: 'error' | 'warning';
	path: string;
	message: string;
	requirement: string;
	reasonCode: string;
}
export interface ProfileTarget {
	evseId?: number;
	request: 'set' | 'start';
	currentType?: 'AC' | 'DC';
}
export function checkChargingProfile(profile: ChargingProfile, target: ProfileTarget): Finding[] {
	void profile;
	void target;
	return [];
}
