/**
 * n8n's own engine inside a test: the real Workflow, WorkflowExecute and HTTP helpers of n8n-core, running the built
 * package. Only the stored credential, which would need n8n's database, is simulated.
 */
import {
	ExecuteContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	PollContext,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeApiError,
	type OnError,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../../host/credentials.mts';
import { PACKAGE_NAME } from '../../host/package.mts';
import { recordOutput } from './records.mts';

/** The data of a test's credential; n8n's changes on a renewal are written back into it. */
export type Credential = ICredentialDataDecryptedObject;

export interface NodeRun {
	status: IRun['status'];
	/** Output items of the node's first output. */
	items: INodeExecutionData[];
	/** Output items of the error output, if the node has one. */
	errorItems: INodeExecutionData[];
	error?: NodeApiError;
	hints: string[];
	/** Everything that the run left behind, as text, to search it for what must not be there. */
	everything: string;
}

let loader: PackageDirectoryLoader;

async function loadPackage(): Promise<PackageDirectoryLoader> {
	if (!loader) {
		loader = new PackageDirectoryLoader(process.cwd());
		await loader.loadAll();
	}
	return loader;
}

/** A node that outputs the items of the test. */
const inputNode = (items: IDataObject[]): INodeType => ({
	description: {
		displayName: 'Input',
		name: 'input',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: () => Promise.resolve([items.map((json) => ({ json }))]),
});

const nodeTypesOf = (items: IDataObject[]): INodeTypes => {
	const get = (type: string) =>
		type === 'test.input'
			? inputNode(items)
			: (loader.getNode(type.replace(`${PACKAGE_NAME}.`, '')).type as INodeType);
	return {
		getByName: get,
		getByNameAndVersion: (type) => NodeHelpers.getVersionedNodeType(get(type)),
		getKnownTypes: () => loader.known.nodes,
	};
};

/** Stands in for n8n's database of credentials, with n8n's own rules for renewal. */
function credentialsHelperFor(credential: Credential): Partial<ICredentialsHelper> {
	const { type } = loader.getCredential(CREDENTIAL_TYPE);
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => type.properties,
		getDecrypted: () => Promise.resolve({ ...credential }),
		authenticate: async (credentials, _type, options) =>
			typeof type.authenticate === 'function'
				? await type.authenticate(credentials, options as IHttpRequestOptions)
				: Promise.reject(new Error('The credential signs requests by a function')),
		async preAuthentication(
			helper: IHttpRequestHelper,
			credentials,
			_type,
			_node,
			expired: boolean,
		) {
			if (credentials.sessionToken !== '' && !expired) return undefined;
			const output = await type.preAuthentication!.call(helper, credentials);
			if (output.sessionToken === undefined) return undefined;
			Object.assign(credential, output);
			return Object.assign(credentials, output) as Credential;
		},
		runPreAuthentication: () => Promise.resolve(undefined),
	};
}

const additionalDataFor = (credential: Credential): IWorkflowExecuteAdditionalData => {
	const workflowData = {
		id: 'workflow',
		name: 'Test',
		nodes: [],
		connections: {},
		active: false,
	} as unknown as IWorkflowBase;
	return {
		credentialsHelper: credentialsHelperFor(credential),
		hooks: new ExecutionLifecycleHooks('manual', 'execution', workflowData),
		executionId: 'execution',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		setExecutionStatus: () => {},
		externalSecretsProxy: {},
	} as unknown as IWorkflowExecuteAdditionalData;
};

/** The version of a node that the editor adds to a workflow. */
function newestVersion(type: string): number {
	if (!(type in loader.known.nodes)) return 1;
	const { description } = NodeHelpers.getVersionedNodeType(loader.getNode(type).type);
	const { defaultVersion, version } = description;
	return defaultVersion ?? [version].flat().at(-1)!;
}

const nodeOf = (
	type: string,
	parameters: INodeParameters,
	onError?: OnError,
	typeVersion = newestVersion(type),
): INode => ({
	id: 'node',
	name: 'Node',
	type: `${PACKAGE_NAME}.${type}`,
	typeVersion,
	position: [0, 0],
	credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'ChargeEye' } },
	parameters,
	onError,
});

/** A replacer for JSON.stringify, which would otherwise leave out most of an error. */
const withErrors = (_key: string, value: unknown): unknown =>
	value instanceof Error
		? { ...value, message: value.message, cause: value.cause, stack: value.stack }
		: value;

/** Keeps what a run left behind, and the tokens that must not be in it. */
function recordRun(credential: Credential, everything: string): void {
	const tokens = ['accessToken', 'refreshToken', 'sessionToken'].map((name) => credential[name]);
	recordOutput(
		// Commands also run nodes, without Jest.
		typeof expect === 'undefined' ? 'a command' : (expect.getState().currentTestName ?? 'a test'),
		everything,
		tokens.filter((token): token is string => typeof token === 'string' && token !== ''),
	);
}

type Execution = ReturnType<WorkflowExecute['run']>;

/** Starts a run; older versions of n8n take the parts of it one by one. */
function runFrom(execute: WorkflowExecute, workflow: Workflow, startNode: INode): Execution {
	if (execute.run.length === 1) return execute.run({ workflow, startNode });
	const older = execute as unknown as {
		run: (workflow: Workflow, startNode: INode) => Execution;
	};
	return older.run(workflow, startNode);
}

/** How a run ended. In older versions of n8n, its server says so from the run's data, and not the engine. */
function finalStatus({ status, data }: IRun): IRun['status'] {
	if (status !== 'running') return status;
	return data.resultData.error === undefined ? 'success' : 'error';
}

/** Runs one node of the package on the given items, as n8n does in a workflow. */
export async function runNode(options: {
	type: string;
	/** The version of the node; the newest if none is given. */
	typeVersion?: number;
	parameters: INodeParameters;
	credential: Credential;
	items?: IDataObject[];
	onError?: OnError;
	/** IANA time zone of the workflow; UTC if none is given. */
	timezone?: string;
	/** Called with a function that cancels the execution, as a user does. */
	onStart?: (cancel: () => void) => void;
}): Promise<NodeRun> {
	await loadPackage();
	const nodeTypes = nodeTypesOf(options.items ?? [{}]);
	const input: INode = {
		id: 'input',
		name: 'Input',
		type: 'test.input',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'workflow',
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: options.timezone },
		nodes: [input, nodeOf(options.type, options.parameters, options.onError, options.typeVersion)],
		connections: { Input: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	});
	const execution = runFrom(
		new WorkflowExecute(additionalDataFor(options.credential), 'manual'),
		workflow,
		input,
	);
	options.onStart?.(() => execution.cancel());
	const run = await execution;
	const task = run.data.resultData.runData.Node?.[0];
	const everything = JSON.stringify(run, withErrors);
	recordRun(options.credential, everything);
	return {
		status: finalStatus(run),
		items: task?.data?.main[0] ?? [],
		errorItems: task?.data?.main[1] ?? [],
		error: run.data.resultData.error as NodeApiError | undefined,
		hints: (task?.hints ?? []).map(({ message }) => message),
		everything,
	};
}

/** Presses "Test" on the credential: n8n runs a temporary node with the test's request. */
export async function testCredential(credential: Credential): Promise<void> {
	await loadPackage();
	const { type } = loader.getCredential(CREDENTIAL_TYPE);
	const nodeType: INodeType = {
		description: {
			...inputNode([]).description,
			inputs: ['main'],
			credentials: [{ name: CREDENTIAL_TYPE, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: type.test!.request },
				},
			],
		},
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const node = nodeOf('test', {});
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const items = [{ json: {} }];
	const data = { main: [items] };
	const executeData = { node, data, source: null };
	// Not `createRunExecutionData`: older versions of n8n do not have it.
	const runData = { resultData: { runData: {} } } as unknown as IRunExecutionData;
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor(credential),
		'internal',
		runData,
		0,
		items,
		data,
		executeData,
		[],
	);
	const decrypted = { id: '1', name: 'ChargeEye', type: CREDENTIAL_TYPE, data: { ...credential } };
	await new RoutingNode(context, nodeType, decrypted).runNode();
}

/** A list in the editor: its node, the node's method that fills it, and the form so far. */
interface List {
	type: string;
	method: string;
	parameters?: INodeParameters;
	credential: Credential;
}

/** Fills a list, as the editor does. */
async function fill<T>(
	{ type, parameters = {}, credential }: List,
	load: (methods: NonNullable<INodeType['methods']>, context: LoadOptionsContext) => Promise<T>,
): Promise<T> {
	await loadPackage();
	const nodeTypes = nodeTypesOf([]);
	const node = nodeOf(type, parameters);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = additionalDataFor(credential);
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters');
	try {
		const result = await load(nodeTypes.getByNameAndVersion(node.type).methods!, context);
		recordRun(credential, JSON.stringify(result));
		return result;
	} catch (error) {
		recordRun(credential, JSON.stringify(error, withErrors));
		throw error;
	}
}

/** Opens the list of a resource locator. */
export const searchList = ({
	filter,
	paginationToken,
	...list
}: List & { filter?: string; paginationToken?: string }): Promise<INodeListSearchResult> =>
	fill(list, ({ listSearch }, context) =>
		listSearch![list.method].call(context, filter, paginationToken),
	);

/** Opens a list of options. */
export const loadOptions = (list: List): Promise<INodePropertyOptions[]> =>
	fill(list, (methods, context) => methods.loadOptions![list.method].call(context));

/** The result of one poll of a trigger. */
export interface NodePoll {
	/** The items that start the workflow; none if it does not start. */
	items: IDataObject[];
	error?: NodeApiError;
}

/** A trigger that polls, in an activated workflow. */
export interface PollingNode {
	poll(): Promise<NodePoll>;
	/** "Fetch Test Event". */
	fetchTestEvent(): Promise<NodePoll>;
	/** The static data that n8n keeps for the node between polls; a test can set it back to a saved state. */
	staticData: IDataObject;
	/** The state that the node has asked n8n to store outside a poll. */
	stored?: IDataObject;
}

let started = 0;

/** @param options.budgetMs how long a poll may take, if the host sets a limit */
export async function startPolling(options: {
	type: string;
	/** The version of the node; the newest if none is given. */
	typeVersion?: number;
	parameters: INodeParameters;
	credential: Credential;
	credentialId?: string;
	staticData?: IDataObject;
	budgetMs?: number;
}): Promise<PollingNode> {
	await loadPackage();
	const nodeTypes = nodeTypesOf([]);
	const node = nodeOf(options.type, options.parameters, undefined, options.typeVersion);
	if (options.credentialId !== undefined) {
		node.credentials = { [CREDENTIAL_TYPE]: { id: options.credentialId, name: 'ChargeEye' } };
	}
	const workflow = new Workflow({
		// A new ID, as in a new process: what another trigger remembers besides its static data is not known here.
		id: `workflow-${++started}`,
		active: true,
		nodeTypes,
		settings: { timezone: 'UTC' },
		nodes: [node],
		connections: {},
	});
	const polling: PollingNode = {
		staticData: structuredClone(options.staticData ?? {}),
		poll: () => pollIn('trigger'),
		fetchTestEvent: () => pollIn('manual'),
	};
	// The trigger works with the test's data; older versions of n8n have no other way to give it.
	workflow.getStaticData = () => polling.staticData;
	const { budgetMs } = options;
	const pollIn = async (mode: 'trigger' | 'manual'): Promise<NodePoll> => {
		const context = new PollContext(
			workflow,
			workflow.getNode(node.name)!,
			additionalDataFor(options.credential),
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			undefined,
			undefined,
			() => {
				polling.stored = structuredClone(polling.staticData);
				return Promise.resolve();
			},
		);
		// Older versions of n8n set no limit by themselves; a node reads it in the same way.
		if (budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => budgetMs });
		try {
			const output = await nodeTypes.getByNameAndVersion(node.type).poll!.call(context);
			return { items: (output?.[0] ?? []).map(({ json }) => json) };
		} catch (error) {
			return { items: [], error: error as NodeApiError };
		}
	};
	return polling;
}
