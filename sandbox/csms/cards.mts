import type { AuthorizationStatus, IdToken } from '../ocpp/messages.mts';

/** A driver's card, and what the central system answers for it. */
export interface Card {
	idToken: string;
	status: AuthorizationStatus;
}

export interface CardsSnapshot {
	/** Null if every card is accepted. */
	listed: readonly Card[] | null;
	/** The tokens that it sent itself, in lower case. */
	issued: readonly string[];
}

/**
 * Whom the central system lets charge: everybody, or the cards of a list. Tokens that it sent a station itself, to start a
 * transaction, are always accepted.
 */
export class Cards {
	#listed: Map<string, Card> | undefined;
	readonly #issued = new Set<string>();

	/** The list; null if every card is accepted. */
	get list(): Card[] | null {
		return this.#listed === undefined ? null : [...this.#listed.values()];
	}

	/** Accepts only the cards of the list from now on; with null every card. */
	set(list: readonly Card[] | null): void {
		this.#listed = list === null ? undefined : new Map(list.map((card) => [keyOf(card), card]));
	}

	/** Accepts a token that the central system sends with a RequestStartTransaction. */
	issue(idToken: IdToken): void {
		this.#issued.add(keyOf(idToken));
	}

	snapshot(): CardsSnapshot {
		return { listed: this.list, issued: [...this.#issued] };
	}

	restore({ listed, issued }: CardsSnapshot): void {
		this.set(listed);
		for (const key of issued) this.#issued.add(key);
	}

	clear(): void {
		this.#listed = undefined;
		this.#issued.clear();
	}

	/** The list's status; Invalid for a card that is not in it. A station that needs no authorization sends an empty token (C02). */
	statusOf(idToken: IdToken): AuthorizationStatus {
		const isFree = this.#listed === undefined || idToken.type === 'NoAuthorization';
		if (isFree || this.#issued.has(keyOf(idToken))) return 'Accepted';
		return this.#listed?.get(keyOf(idToken))?.status ?? 'Invalid';
	}
}

/** OCPP compares tokens without regard to case. */
const keyOf = ({ idToken }: { idToken: string }): string => idToken.toLowerCase();
