// What the pages share: elements, lists that are updated in place, and data that is read every second.

/** A new element with properties and children. Texts become text, never HTML. */
export function element(tag, properties = {}, ...children) {
	const made = Object.assign(document.createElement(tag), properties);
	made.append(...children);
	return made;
}

/**
 * Shows a list, and keeps the elements of items that were there before, so that a click or a choice is not lost.
 * `create(item)` returns `{element, update}`; `update(item)` is called each time.
 */
export function listIn(container, keyOf, create) {
	const shown = new Map();
	return (items) => {
		const keys = new Set(items.map(keyOf));
		for (const [key, { element: old }] of shown) {
			if (keys.has(key)) continue;
			old.remove();
			shown.delete(key);
		}
		items.forEach((item, index) => {
			const key = keyOf(item);
			if (!shown.has(key)) shown.set(key, create(item));
			const { element: made, update } = shown.get(key);
			if (container.children[index] !== made) {
				container.insertBefore(made, container.children[index] ?? null);
			}
			update(item);
		});
	};
}

/** Changes a text only if it differs, so that a selection in it stays. */
export function setText(target, text) {
	if (target.textContent !== text) target.textContent = text;
}

const problem = document.querySelector('#problem');

function show(error) {
	problem.hidden = error === undefined;
	if (error !== undefined) setText(problem, error.message);
}

async function ask(path, options) {
	const response = await fetch(path, options).catch(() => {
		throw new Error('npm start has ended, or does not answer.');
	});
	if (response.status === 204) return undefined;
	const data = await response.json();
	if (!response.ok) throw new Error(data.message);
	return data;
}

/** Reads these paths every second, and shows their data. */
export async function follow(paths, render) {
	for (;;) {
		try {
			render(...(await Promise.all(paths.map((path) => ask(path)))));
			if (problem.dataset.from === 'reading') show(undefined);
		} catch (error) {
			problem.dataset.from = 'reading';
			show(error);
		}
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}

/** Sends something, and says on the page why it was refused. */
export async function send(path, body) {
	problem.dataset.from = 'sending';
	try {
		await ask(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		show(undefined);
	} catch (error) {
		show(error);
	}
}

/** A power in kW with one decimal. */
export const kilowatts = (kw) => `${kw.toFixed(1)} kW`;

/** A bar of the power, with a mark at the limit. */
export function powerBar() {
	const power = element('span');
	const limit = element('i');
	return {
		element: element('div', { className: 'bar' }, power, limit),
		update(powerKw, limitKw, maxKw) {
			power.style.width = `${Math.min(100, (powerKw / maxKw) * 100)}%`;
			limit.hidden = limitKw >= maxKw;
			limit.style.left = `${Math.min(100, (limitKw / maxKw) * 100)}%`;
		},
	};
}

/** The local time of day. */
export const timeOfDay = (iso) => new Date(iso).toLocaleTimeString();
