type Present<T> = {
	[K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** An object without its undefined values. Called as `present<Body>({…})` it accepts only fields of the body. */
export const present = <T extends object>(values: T): Present<T> =>
	Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Present<T>;
