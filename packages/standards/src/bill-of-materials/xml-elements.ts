import { SaxesParser } from 'saxes';

/** As deep as JSON may be that says the same: each component within another is two levels in both. */
const DEPTH_MAX = 64;
/** Twenty for each of the most entries that a bill may have: its names, its version, its properties. */
const ELEMENTS_MAX = 10_000_000;

/** An element that was asked for, with those below it that were; its text is as long as the document at most. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Of itself alone, without blanks at its ends. */
  readonly text: string;
}

/** Which elements are read below which; all others are passed over, with everything inside them. */
export type XmlWanted = Readonly<Record<string, readonly string[]>>;

/** What is wrong with an XML text, as a clause. */
class XmlFault extends Error {}

/**
 * The root of an XML text, with what is wanted of it. Names are local ones of the namespace of the root, which is for the
 * caller to look at. A text where it is not well-formed, defines entities of its own, or is too deep or too large.
 */
export function xmlElementsOf(text: string, wanted: XmlWanted): { root: XmlElement; namespace: string } | string {
  try {
    return read(text, wanted);
  } catch (error) {
    if (error instanceof XmlFault) return error.message;
    throw error;
  }
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

function read(text: string, wanted: XmlWanted): { root: XmlElement; namespace: string } {
  const open: OpenElement[] = [];
  const found: { root: OpenElement; namespace: string }[] = [];
  let [elements, passedOver] = [0, 0];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw new XmlFault(`its XML is not well-formed (${error.message})`);
  });
  // No bill of materials has one; what defines its own entities is up to no good.
  parser.on('doctype', () => {
    throw new XmlFault('its XML has a document type, which no bill of materials has');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length + passedOver >= DEPTH_MAX) throw new XmlFault(`its XML is deeper than ${DEPTH_MAX} elements`);
    const parent = open.at(-1);
    const [first] = found;
    const known = first === undefined || (uri === first.namespace && wanted[parent?.name ?? '']?.includes(local));
    if (passedOver > 0 || !known) {
      passedOver += 1;
      return;
    }
    elements += 1;
    if (elements > ELEMENTS_MAX) throw new XmlFault(`its XML has more than ${ELEMENTS_MAX} elements`);
    const values = Object.values(attributes).map((attribute) => [attribute.local, attribute.value] as const);
    const element: OpenElement = { name: local, attributes: new Map(values), children: [], text: '' };
    if (first === undefined) found.push({ root: element, namespace: uri });
    parent?.children.push(element);
    open.push(element);
  });
  const take = (more: string) => {
    const element = open.at(-1);
    if (passedOver === 0 && element !== undefined) element.text += more;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => {
    if (passedOver > 0) {
      passedOver -= 1;
      return;
    }
    const element = open.pop();
    if (element !== undefined) element.text = element.text.trim();
  });
  parser.write(text).close();
  const [first] = found;
  if (first === undefined) throw new XmlFault('its XML has no element');
  return first;
}
