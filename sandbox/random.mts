import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Random numbers that are the same for the same seed. */
export class Random {
	#generator: ReturnType<typeof mersenne>;

	/** @param seed a whole number */
	constructor(seed: number) {
		this.#generator = mersenne(seed);
	}

	/** Begins again. @param seed a whole number */
	restart(seed: number): void {
		this.#generator = mersenne(seed);
	}

	/** Whether something happens that has a probability from 0 to 1. */
	happens(probability: number): boolean {
		return uniformFloat64(this.#generator) < probability;
	}

	/** A number between two others, every one as likely as the next; a whole number if both are. */
	between(from: number, to: number): number {
		return Number.isInteger(from) && Number.isInteger(to)
			? uniformInt(this.#generator, from, to)
			: from + uniformFloat64(this.#generator) * (to - from);
	}
}
