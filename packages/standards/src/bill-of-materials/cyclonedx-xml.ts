import { type XmlElement, type XmlWanted, xmlElementsOf } from './xml-elements.ts';

/** Of all versions of the standard, of which each has a namespace of its own. // ECMA-424 */
const NAMESPACE = /^http:\/\/cyclonedx\.org\/schema\/bom\/1\.\d{1,2}$/;

/** What is read of a bill; ancestors of a component in its pedigree, say, are components as well, and not in it. */
const WANTED: XmlWanted = {
  bom: ['metadata', 'components', 'services', 'dependencies'],
  metadata: ['tools', 'component'],
  tools: ['tool', 'components'],
  tool: ['name', 'version'],
  components: ['component'],
  component: ['name', 'version', 'purl', 'properties', 'components'],
  properties: ['property'],
  services: ['service'],
  service: ['services'],
  dependencies: ['dependency'],
  dependency: ['dependency'],
};

/** CycloneDX XML as the document that its JSON would have been. A text where it is none. */
export function cycloneDxOfXml(text: string): { document: unknown } | string {
  const read = xmlElementsOf(text, WANTED);
  if (typeof read === 'string') return read;
  const { root, namespace } = read;
  if (root.name !== 'bom' || !NAMESPACE.test(namespace)) return 'it is XML, but no CycloneDX';
  const metadata = childOf(root, 'metadata');
  const subject = metadata && childOf(metadata, 'component');
  const document = {
    bomFormat: 'CycloneDX',
    metadata: { component: subject && componentOf(subject), tools: metadata && toolsOf(metadata) },
    components: componentsOf(root),
    services: servicesOf(root),
    dependencies: within(root, 'dependencies', 'dependency').map(dependencyOf),
  };
  return { document };
}

function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The elements of a list: what `component` is to `components`. */
function within(element: XmlElement, list: string, name: string): XmlElement[] {
  return element.children
    .filter((child) => child.name === list)
    .flatMap(({ children }) => children.filter((child) => child.name === name));
}

function componentsOf(element: XmlElement): unknown[] {
  return within(element, 'components', 'component').map(componentOf);
}

function componentOf(element: XmlElement): object {
  return {
    type: element.attributes.get('type'),
    'bom-ref': element.attributes.get('bom-ref'),
    name: childOf(element, 'name')?.text,
    version: childOf(element, 'version')?.text,
    purl: childOf(element, 'purl')?.text,
    properties: within(element, 'properties', 'property').map(({ attributes, text }) => ({
      name: attributes.get('name'),
      value: text,
    })),
    components: componentsOf(element),
  };
}

/** Until 1.4 a list of its own kind, then components. */
function toolsOf(metadata: XmlElement): unknown {
  const tools = within(metadata, 'tools', 'tool');
  const asComponents = metadata.children.filter(({ name }) => name === 'tools').flatMap(componentsOf);
  if (tools.length === 0) return { components: asComponents };
  return tools.map((tool) => ({ name: childOf(tool, 'name')?.text, version: childOf(tool, 'version')?.text }));
}

function servicesOf(element: XmlElement): unknown[] {
  return within(element, 'services', 'service').map((service) => ({
    'bom-ref': service.attributes.get('bom-ref'),
    services: servicesOf(service),
  }));
}

function dependencyOf(element: XmlElement): object {
  return {
    ref: element.attributes.get('ref'),
    dependsOn: element.children.map(({ attributes }) => attributes.get('ref')),
  };
}
