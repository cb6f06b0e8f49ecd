import axios, { type AxiosInstance, type Method } from 'axios';
import { parse } from 'flatted';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodeTypeDescription,
	IRunExecutionData,
	ITaskData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { isObject, OperatorError } from './support/errors.mts';
import { until } from './support/until.mts';

export interface Owner {
	email: string;
	password: string;
}

/** A saved credential, as workflows refer to it. */
export interface CredentialReference {
	id: string;
	name: string;
	type: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message?: string;
}

/** A workflow as exported from n8n. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: string;
	status: string;
	startedAt: string;
	stoppedAt?: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

export interface ListSearch {
	/** The parameter's path, e.g. "parameters.stationId". */
	path: string;
	/** The method of the node's `listSearch`. */
	methodName: string;
	nodeType: string;
	version?: number;
	parameters?: INodeParameters;
	credential: CredentialReference;
	filter?: string;
	paginationToken?: string;
}

interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ errorMessage: string | null }>;
}

const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** n8n answered with an HTTP error. */
class Refused extends OperatorError {
	constructor(
		message: string,
		readonly status: number,
	) {
		super(message);
	}
}

/** The REST API of n8n's own editor, as far as tests and demonstrations need it. */
export class N8nClient {
	private readonly http: AxiosInstance;
	private cookie = '';

	/** @param url the editor's address, e.g. http://127.0.0.1:5678 */
	constructor(url: string) {
		this.http = axios.create({
			baseURL: url,
			timeout: 60_000,
			proxy: false,
			// n8n binds the session to the browser that signed in.
			// A connection that n8n closes while idle would break the next request on it.
			headers: { 'browser-id': 'charger-operations', connection: 'close' },
			validateStatus: null,
		});
	}

	/** Creates the owner in a new n8n, or signs in as the existing owner. */
	async signIn({ email, password }: Owner): Promise<void> {
		const settings = await this.request<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			const owner = { email, password, firstName: 'Charging', lastName: 'Operator' };
			await this.request('POST', '/rest/owner/setup', owner);
		} else {
			await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		}
	}

	/** Every node type and version that this n8n has loaded. */
	nodeTypes(): Promise<INodeTypeDescription[]> {
		return this.request('GET', '/types/nodes.json');
	}

	async createCredential(
		name: string,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<CredentialReference> {
		const created = await this.request<CredentialReference>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return { id: created.id, name, type };
	}

	/** The result of the editor's "Test" of this credential. */
	testCredential(
		credential: CredentialReference,
		data: ICredentialDataDecryptedObject,
	): Promise<CredentialTest> {
		return this.request('POST', '/rest/credentials/test', { credentials: { ...credential, data } });
	}

	/** Deletes every credential of a type. */
	async deleteCredentials(type: string): Promise<void> {
		const all = await this.request<Array<{ id: string; type: string }>>('GET', '/rest/credentials');
		for (const credential of all.filter((candidate) => candidate.type === type)) {
			await this.request('DELETE', `/rest/credentials/${credential.id}`);
		}
	}

	/** Saves an exported workflow; its nodes that need a credential of one of these types get it. */
	importWorkflow(file: WorkflowFile, ...credentials: CredentialReference[]): Promise<Workflow> {
		return this.request('POST', '/rest/workflows', {
			name: file.name,
			nodes: credentials.reduce(withCredential, file.nodes),
			connections: file.connections,
			settings: { ...file.settings, saveManualExecutions: true },
			active: false,
		});
	}

	getWorkflow(id: string): Promise<Workflow> {
		return this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Publishes a workflow and waits until its triggers run: n8n reports success before a trigger fails.
	 *
	 * @throws OperatorError with the errors of the failed triggers
	 */
	async activate({ id, versionId }: Workflow): Promise<void> {
		const path = `/rest/workflows/${id}`;
		const activated = await this.ifKnown('POST', `${path}/activate`, { versionId });
		// n8n before 1.119 has no such request, and older ones than 2.37 answer only after the triggers have started.
		if (activated === undefined) await this.request('PATCH', path, { active: true, versionId });
		const { status, triggers } = await until('the triggers of the workflow', 60, async () => {
			const now = await this.ifKnown<PublicationStatus>('GET', `${path}/publication-status`);
			if (now === undefined) return { status: 'published' as const, triggers: [] };
			return ['in_progress', 'not_published'].includes(now.status) ? undefined : now;
		});
		if (status === 'published') return;
		const errors = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new OperatorError(`The workflow's triggers did not start: ${errors.join('; ')}`);
	}

	async deactivate(id: string): Promise<void> {
		const path = `/rest/workflows/${id}`;
		const deactivated = await this.ifKnown('POST', `${path}/deactivate`, {});
		if (deactivated !== undefined) return;
		const { versionId } = await this.getWorkflow(id);
		await this.request('PATCH', path, { active: false, versionId });
	}

	/**
	 * Starts a saved workflow by hand from one of its triggers.
	 * @param output what the trigger outputs, in place of what it would output by itself, such as a chat message
	 * @returns the execution's ID
	 */
	async start(id: string, trigger: string, output?: IDataObject): Promise<string> {
		const workflowData = await this.getWorkflow(id);
		const data: ITaskData | undefined = output && {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			source: [],
			data: { main: [[{ json: output }]] },
		};
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ workflowData, triggerToStartFrom: { name: trigger, data } },
		);
		return executionId;
	}

	/** Runs a saved workflow by hand from one of its triggers, and waits until the run has finished. */
	async run(id: string, trigger: string, seconds = 120): Promise<Execution> {
		const executionId = await this.start(id, trigger);
		return await until(`the run from "${trigger}"`, seconds, async () => {
			const execution = await this.execution(executionId);
			// Older versions of n8n store the status before the data.
			const isComplete = !UNFINISHED.includes(execution.status) && Boolean(execution.data);
			return isComplete ? execution : undefined;
		});
	}

	/** The newest executions of a workflow, at most 100. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	/** Every execution that n8n has kept, of one workflow or of all, newest first. */
	async *allExecutions(workflowId?: string): AsyncGenerator<Execution> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		for (let cursor: string | null = ''; cursor !== null; ) {
			const page: { results: ExecutionSummary[]; nextCursor?: string | null } = await this.request(
				'GET',
				`/rest/executions?filter=${filter}&limit=100${cursor && `&cursor=${cursor}`}`,
			);
			for (const { id } of page.results) yield await this.execution(id);
			// Versions of n8n before 2 have no cursor: there, only the newest 100 are found.
			cursor = page.nextCursor ?? null;
		}
	}

	async execution(id: string): Promise<Execution> {
		const found = await this.request<ExecutionSummary & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		// n8n stores a run as flatted JSON of exactly this type.
		return { ...found, data: parse(found.data) as IRunExecutionData };
	}

	/** Runs a failed execution again from the node that failed, as a person can. @returns how that ended */
	async retry(id: string): Promise<ExecutionSummary> {
		return await this.request('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
	}

	/** The content of a text file that an execution has kept. @param id of its binary data */
	file(id: string): Promise<string> {
		return this.request('GET', `/rest/binary-data?id=${encodeURIComponent(id)}&action=download`);
	}

	/** Ends an execution that runs or waits. */
	async stopExecution(id: string): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/stop`);
	}

	/** The editor's list under "From List" of a resource locator. */
	searchList(search: ListSearch): Promise<INodeListSearchResult> {
		const { credential, nodeType, version = 1, parameters = {}, ...rest } = search;
		return this.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			...rest,
			nodeTypeAndVersion: { name: nodeType, version },
			currentNodeParameters: parameters,
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		});
	}

	/** As `request`, but undefined if this version of n8n does not know the request. */
	private async ifKnown<T>(method: Method, path: string, data?: object): Promise<T | undefined> {
		try {
			return await this.request<T>(method, path, data);
		} catch (error) {
			if (error instanceof Refused && error.status === 404) return undefined;
			throw error;
		}
	}

	/** @throws OperatorError with n8n's message, but without the request's body and the cookie */
	private async request<T>(method: Method, path: string, data?: object): Promise<T> {
		const [route] = path.split('?');
		const headers = this.cookie === '' ? {} : { cookie: this.cookie };
		const response = await this.http
			.request<unknown>({ method, url: path, data, headers })
			.catch((error: Error) => {
				throw new OperatorError(`n8n did not answer to ${method} ${route}: ${error.message}`);
			});
		for (const cookie of response.headers['set-cookie'] ?? []) {
			if (cookie.startsWith('n8n-auth=')) this.cookie = cookie.split(';')[0] ?? '';
		}
		const body = response.data;
		if (response.status >= 400) {
			const message =
				isObject(body) && 'message' in body ? String(body.message) : 'no reason given';
			throw new Refused(
				`n8n answered ${response.status} to ${method} ${route}: ${message}`,
				response.status,
			);
		}
		// The editor's API wraps its answers in `data`, except for the list of node types.
		return (isObject(body) && 'data' in body ? body.data : body) as T;
	}
}

/** The JSON of every item on all outputs of a node's last run. */
export function outputOf(execution: Execution, node: string) {
	const runs = execution.data.resultData.runData[node] ?? [];
	return (runs.at(-1)?.data?.main ?? []).flatMap((items) => (items ?? []).map(({ json }) => json));
}

/**
 * Sets the credential in the nodes that use its type: those that name it, HTTP Request with this predefined or generic type,
 * and a node that is called like its credential (Crypto).
 */
function withCredential(nodes: INode[], { id, name, type }: CredentialReference): INode[] {
	return nodes.map((node) => {
		const { nodeCredentialType, genericAuthType } = node.parameters;
		const wanted =
			node.credentials?.[type] !== undefined ||
			nodeCredentialType === type ||
			genericAuthType === type ||
			node.type === `n8n-nodes-base.${type}`;
		return wanted ? { ...node, credentials: { ...node.credentials, [type]: { id, name } } } : node;
	});
}
