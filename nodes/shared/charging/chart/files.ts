import { drawChart, type ChartContent } from './chart';
import { encodePng } from './png';
import { rasterize } from './raster';
import { CARD } from './style';
import { toSvg } from './svg';

/** A chart as the content of a file. */
export interface ChartFile {
	bytes: Uint8Array;
	mimeType: string;
	fileName: string;
}

/**
 * A chart as PNG, which n8n shows, and as SVG, which prints better.
 * @param name of the files, without extension
 */
export async function chartFiles(
	content: ChartContent,
	name: string,
): Promise<{ chart: ChartFile; chartSvg: ChartFile }> {
	const drawing = drawChart(content);
	return {
		chart: {
			bytes: await encodePng(rasterize(drawing, CARD)),
			mimeType: 'image/png',
			fileName: `${name}.png`,
		},
		chartSvg: {
			bytes: new TextEncoder().encode(toSvg(drawing)),
			mimeType: 'image/svg+xml',
			fileName: `${name}.svg`,
		},
	};
}
