// The page at the sandbox’s root: one tile per charging station, with its power and its limit.
import { h, render } from 'preact';
import htm from 'htm';
import { Laboratory } from './faults.mjs';
import { Header } from './header.mjs';
import { receiveLaboratory } from './laboratory.mjs';
import { Requests } from './requests.mjs';
import { Stations } from './stations.mjs';
import { watch } from './stream.mjs';

const html = htm.bind(h);

const Page = () => html`
	<${Header} />
	<${Laboratory} />
	<${Stations} />
	<${Requests} />
`;

watch([]);
void receiveLaboratory();
render(html`<${Page} />`, document.getElementById('page'));
