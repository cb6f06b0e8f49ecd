type Present<T> = {
	[K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** Without what is undefined. Called as `present<Body>({…})` it takes no field that is not one of the body. */
export const present = <T extends object>(values: T): Present<T> =>
	Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Present<T>;
