import { STATUS_CODES } from 'node:http';

/** A failure that the caller of the API sees, as `{statusCode, error, message}`. */
export class HttpError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}

	toJSON(): { statusCode: number; error: string; message: string } {
		return {
			statusCode: this.status,
			error: STATUS_CODES[this.status] ?? 'Error',
			message: this.message,
		};
	}
}
