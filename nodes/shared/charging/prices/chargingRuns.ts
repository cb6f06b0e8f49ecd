import { InputError } from '../base/inputError';
import type { Span } from '../base/timeline';

/** A stretch of time with one price (epoch seconds). */
export interface PricedCell extends Span {
	price: number;
	/** Whether the price is an assumption: of equal prices, known ones are preferred. */
	assumed: boolean;
	/** Whether charging is allowed. */
	isOpen: boolean;
	/** The limit while there is no charging. */
	limit: number;
}

/** What the runs of a plan have to keep to. A run is a stretch of charging without a break. */
export interface RunRules {
	/** The shortest run, in whole seconds; 0 if there is none. */
	leastRun: number;
	/** `Infinity` if there is no bound. */
	mostRuns: number;
	/** The most changes of the limit, `Infinity` if there is no bound. */
	mostChanges: number;
}

/** The runs of a way to charge, the latest first. */
interface Runs extends Span {
	before?: Runs;
}

/** A way to charge up to a point. */
interface State {
	/** How long it charges. */
	seconds: number;
	runs: number;
	/** How often the limit changes. */
	changes: number;
	/** What it costs more than charging below the marginal price only, and pausing above it: price times seconds. */
	cost: number;
	/** For how many seconds the price is an assumption. */
	assumed: number;
	list?: Runs;
	/** The point at which the run in progress began. */
	begin: number;
}

type States = Map<number, State>;

/** Differences below this are noise. */
const NOISE = 1e-6;

/** How many ways are compared at most: about two seconds of work. */
const MOST_STATES = 1_500_000;

/**
 * The marginal price of the cheapest seconds: with it, what is charged at a higher price and what is not charged at a lower
 * one add up to how much dearer a plan is. So a plan that is dear in its beginning need not be followed.
 */
function marginalPrice(cells: readonly PricedCell[], seconds: number): number {
	const open = cells.filter(({ isOpen }) => isOpen).sort((a, b) => a.price - b.price);
	let rest = seconds;
	return open.find(({ from, to }) => (rest -= to - from) <= 0)?.price ?? 0;
}

const isBetter = (a: State, b: State): boolean =>
	a.cost < b.cost - NOISE ||
	(a.cost <= b.cost + NOISE &&
		(a.assumed < b.assumed || (a.assumed === b.assumed && a.runs < b.runs)));

/**
 * The points at which a cheapest plan can begin or end its runs, with what lies between them. If two runs could both be
 * moved or lengthened, one at the cost of the other, doing so in one of the two directions is no dearer. So of a
 * cheapest plan each run begins or ends where a price does; its other end, too, or it is as short as allowed; only one run
 * may end anywhere, so that the time is right.
 */
class Grid {
	readonly points: number[];
	readonly cells: PricedCell[];
	/** Whether a price begins or ends at a point. */
	readonly isEdge: boolean[];
	/** Sums over the cells before each point. */
	private readonly chargingCost = [0];
	private readonly pausedCost = [0];
	private readonly assumed = [0];
	private readonly closed = [0];
	private readonly indexes = new Map<number, number>();

	constructor(
		cells: readonly PricedCell[],
		leastRun: number,
		private readonly marginal: number,
	) {
		const [start, end] = [cells[0].from, cells[cells.length - 1].to];
		const edges = new Set([start, ...cells.map(({ to }) => to)]);
		const inside = (time: number) => time > start && time < end;
		const points = new Set(edges);
		for (const edge of edges) {
			for (const time of [edge - leastRun, edge + leastRun].filter(inside)) points.add(time);
		}
		this.points = [...points].sort((a, b) => a - b);
		this.isEdge = this.points.map((time) => edges.has(time));
		let of = 0;
		this.cells = this.points.slice(1).map((to, index) => {
			const from = this.points[index];
			while (cells[of].to <= from) of++;
			return { ...cells[of], from, to };
		});
		this.points.forEach((time, index) => this.indexes.set(time, index));
		this.cells.forEach((cell, index) => {
			const { from, to, assumed, isOpen } = cell;
			this.chargingCost.push(this.chargingCost[index] + this.costIn(cell, to - from));
			this.pausedCost.push(this.pausedCost[index] + (isOpen ? this.costIn(cell, 0) : 0));
			this.assumed.push(this.assumed[index] + (assumed ? to - from : 0));
			this.closed.push(this.closed[index] + (isOpen ? 0 : 1));
		});
	}

	/** The point so many seconds before another; undefined if there is none. */
	before(index: number, seconds: number): number | undefined {
		return seconds === 0 ? index : this.indexes.get(this.points[index] - seconds);
	}

	isOpen(from: number, to: number): boolean {
		return this.closed[from] === this.closed[to];
	}

	/** The cost of a cell with charging for so many seconds. */
	costIn({ from, to, price }: PricedCell, seconds: number): number {
		const above = price - this.marginal;
		return above > 0 ? above * seconds : -above * (to - from - seconds);
	}

	/** A state that pauses in a cell. */
	paused(state: State, index: number): State {
		const cost = state.cost + this.pausedCost[index + 1] - this.pausedCost[index];
		return { ...state, changes: state.changes + this.changeAt(index + 1), cost };
	}

	/** A state that also charges between two points. */
	charged(state: State, from: number, to: number): State {
		return {
			...state,
			seconds: state.seconds + this.points[to] - this.points[from],
			cost: state.cost + this.chargingCost[to] - this.chargingCost[from],
			assumed: state.assumed + this.assumed[to] - this.assumed[from],
		};
	}

	/** 1 if the limit changes at a point between cells without charging, else 0. */
	changeAt(index: number): number {
		const [before, after] = [this.cells[index - 1], this.cells[index]] as Array<
			PricedCell | undefined
		>;
		return before && after && before.limit !== after.limit ? 1 : 0;
	}
}

/** The best ways to charge up to each point of a grid. */
interface Sweep {
	/** No charging from the point on; changes of the limit at the point are counted. */
	paused: States[];
	/** A run goes on that is long enough already. */
	charging: States[];
}

/** Compares the ways to charge from the beginning of a grid on. */
function sweep(
	grid: Grid,
	most: number,
	{ leastRun, mostRuns, mostChanges }: RunRules,
	mostCost: number,
	count: () => void,
): Sweep {
	const last = grid.points.length - 1;
	const offer = (states: States, state: State) => {
		const { seconds, runs, changes, cost } = state;
		if (cost > mostCost || seconds > most || runs > mostRuns || changes > mostChanges) return;
		const ofRuns = mostRuns === Infinity ? 0 : runs;
		const ofChanges = mostChanges === Infinity ? 0 : ofRuns * (mostChanges + 1) + changes;
		const key = (mostChanges === Infinity ? ofRuns : ofChanges) * (most + 1) + seconds;
		const known = states.get(key);
		if (known === undefined) count();
		if (known === undefined || isBetter(state, known)) states.set(key, state);
	};
	const paused: States[] = [];
	const charging: States[] = [];
	for (let point = 0; point <= last; point++) {
		const [idle, busy]: States[] = [new Map(), new Map()];
		paused.push(idle);
		charging.push(busy);
		const close = (state: State, from: number) => {
			const list = { from: grid.points[from], to: grid.points[point], before: state.list };
			offer(idle, { ...state, changes: state.changes + (point < last ? 1 : 0), list });
		};
		if (point === 0) {
			offer(idle, { seconds: 0, runs: 0, changes: 0, cost: 0, assumed: 0, begin: 0 });
		} else {
			for (const state of paused[point - 1].values()) offer(idle, grid.paused(state, point - 1));
			if (grid.isOpen(point - 1, point)) {
				for (const state of charging[point - 1].values()) {
					offer(busy, grid.charged(state, point - 1, point));
				}
			}
		}
		const begin = grid.before(point, leastRun);
		if (begin !== undefined && grid.isOpen(begin, point)) {
			// A change at the point is counted once, whether or not charging begins there.
			const change = begin === 0 ? 0 : 1 - grid.changeAt(begin);
			for (const state of paused[begin].values()) {
				const begun = grid.charged(
					{ ...state, runs: state.runs + 1, changes: state.changes + change, begin },
					begin,
					point,
				);
				if (grid.isEdge[begin]) offer(busy, begun);
				if (leastRun > 0 && !(grid.isEdge[begin] && grid.isEdge[point])) {
					if (grid.isEdge[begin] || grid.isEdge[point]) close(begun, begin);
				}
			}
		}
		if (!grid.isEdge[point]) continue;
		for (const state of busy.values()) if (state.begin < point) close(state, state.begin);
	}
	return { paused, charging };
}

const mirrored = (cells: readonly PricedCell[]): PricedCell[] =>
	[...cells].reverse().map((cell) => ({ ...cell, from: -cell.to, to: -cell.from }));

const spansIn = (list: Runs | undefined): Span[] =>
	list === undefined ? [] : [...spansIn(list.before), { from: list.from, to: list.to }];

/** States by their seconds, the most first, and of the same seconds the cheapest. */
function bySeconds(states: States): Array<[seconds: number, states: State[]]> {
	const groups = new Map<number, State[]>();
	for (const state of states.values()) {
		const group = groups.get(state.seconds);
		if (group) group.push(state);
		else groups.set(state.seconds, [state]);
	}
	for (const group of groups.values()) group.sort((a, b) => a.cost - b.cost);
	return [...groups].sort(([a], [b]) => b - a);
}

/** The cheapest runs among those that cost so much at most; undefined if there are none. */
function runsUpTo(
	mostCost: number,
	cells: readonly PricedCell[],
	seconds: number,
	rules: RunRules,
	count: () => void,
): Span[] | undefined {
	const marginal = marginalPrice(cells, seconds);
	const grid = new Grid(cells, rules.leastRun, marginal);
	const last = grid.points.length - 1;
	const forwards = sweep(grid, seconds, rules, mostCost, count);
	const opposite = new Grid(mirrored(cells), rules.leastRun, marginal);
	const backwards = sweep(opposite, seconds, rules, mostCost, count);
	let best: { state: State; spans(): Span[] } | undefined;
	const consider = (state: State, spans: () => Span[]) => {
		if (state.cost > mostCost) return;
		if (best === undefined || isBetter(state, best.state)) best = { state, spans };
	};
	for (const state of forwards.paused[last].values()) {
		if (state.seconds === seconds) consider(state, () => spansIn(state.list));
	}
	/** Joins ways up to a cell and from its end on, with charging for a part of it between them. */
	const join = (index: number, left: States, right: States, isLeft: boolean) => {
		const cell = grid.cells[index];
		const { from, to, assumed } = cell;
		const groups = bySeconds(right);
		for (const state of left.values()) {
			const rest = seconds - state.seconds;
			for (const [later, group] of groups) {
				const part = rest - later;
				// Without a least run, every point is an edge, where runs end anyway.
				if (part < 0 || (part === 0 && rules.leastRun === 0)) continue;
				if (part >= to - from) break;
				const other = group.find(
					({ runs, changes }) =>
						state.runs + runs <= rules.mostRuns && state.changes + changes + 1 <= rules.mostChanges,
				);
				if (other === undefined) continue;
				const joined: State = {
					seconds,
					runs: state.runs + other.runs,
					changes: state.changes + other.changes + 1,
					cost: state.cost + other.cost + grid.costIn(cell, part),
					assumed: state.assumed + other.assumed + (assumed ? part : 0),
					begin: 0,
				};
				consider(joined, () => [
					...spansIn(state.list),
					isLeft
						? { from: grid.points[state.begin], to: from + part }
						: { from: to - part, to: grid.points[last - other.begin] },
					...spansIn(other.list)
						.map((span) => ({ from: -span.to, to: -span.from }))
						.reverse(),
				]);
			}
		}
	};
	grid.cells.forEach(({ isOpen }, index) => {
		if (!isOpen) return;
		const after = last - index - 1;
		join(index, forwards.charging[index], backwards.paused[after], true);
		join(index, forwards.paused[index], backwards.charging[after], false);
	});
	return best && joinedSpans(best.spans());
}

/**
 * The cheapest way to charge for a number of seconds within rules.
 * @param cells at least one, in order of time, each beginning at the end of the previous one
 * @param seconds a whole number, at least `leastRun`
 * @returns the runs in order of time; undefined if the rules allow none
 * @throws InputError if there are too many ways to compare
 */
export function cheapestRuns(
	cells: readonly PricedCell[],
	seconds: number,
	rules: RunRules,
): Span[] | undefined {
	let states = 0;
	const count = () => {
		if (++states <= MOST_STATES) return;
		throw new InputError(
			`${cells.length} prices are too many for these rules`,
			'Choose an earlier departure, or set Most Starts to a small number, such as 3.',
		);
	};
	const prices = cells.filter(({ isOpen }) => isOpen).map(({ price }) => price);
	const [low, high] = [Math.min(...prices), Math.max(...prices)];
	const all = (high - low) * (cells[cells.length - 1].to - cells[0].from);
	// The cheapest plan is mostly little dearer than one without rules: then few others have to be compared.
	let mostCost = ((high - low) * seconds) / 100;
	for (; mostCost < all; mostCost *= 4) {
		const runs = runsUpTo(mostCost, cells, seconds, rules, count);
		if (runs) return runs;
	}
	return runsUpTo(Infinity, cells, seconds, rules, count);
}

/** Joins spans that follow each other. */
export function joinedSpans(spans: readonly Span[]): Span[] {
	const stretches: Span[] = [];
	for (const { from, to } of spans) {
		const last = stretches[stretches.length - 1] as Span | undefined;
		if (last?.to === from) last.to = to;
		else stretches.push({ from, to });
	}
	return stretches;
}
