import { readXml } from '../../../../../nodes/shared/charging/priceSources/xml.ts';
import { failure } from '../prices/prices.mts';

it('reads elements, lists, text, CDATA and entities', () => {
	const text =
		'\uFEFF<?xml version="1.0"?>\n<!-- <x> --><a:r xmlns:a="urn:x"><p>1</p><p id="2">&lt;&#65;&#x42;</p><e/><c><![CDATA[<&]]></c></a:r>\n';
	expect(readXml(text)).toEqual({ r: { p: ['1', '<AB'], e: '', c: '<&' } });
});

it.each([
	['<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', 'it has a DOCTYPE, which is not accepted'],
	['<r>&a;</r>', 'it has the entity &a;, which is not known'],
	['<r>&#x110000;</r>', 'it has the entity &#x110000;, which is not known'],
	['<r><a></r></a>', 'r is closed but not open'],
	['</r>', 'r is closed but not open'],
	['<r><a>', 'a is not closed'],
	['<r', 'a tag has no end'],
	['<!-- <r/>', 'a comment has no end'],
	['<r a=1/>', 'the attributes of r are not valid'],
	['<1/>', 'a tag has no valid name'],
	['<r>text<a/></r>', 'r has both text and elements'],
	['<r/>text', 'there is text outside of its elements'],
	['<r/><r/>', 'it does not have exactly one root element'],
	['<a>'.repeat(40), 'its elements are nested too deeply'],
	[`<${'a'.repeat(20_000)}>`, 'a tag is too long'],
	[' '.repeat(20_000_001), 'it has 20000001 characters'],
])('refuses %.40s', (text, problem) => {
	expect(failure(() => readXml(text)).message).toBe(`The XML cannot be read: ${problem}`);
});
