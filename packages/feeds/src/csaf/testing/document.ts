// Whole documents with sensible members, of which a test names only what it is about.

type Json = Readonly<Record<string, unknown>>;

/** A document of a vendor about one vulnerability. */
export function csafDocument(members: {
  readonly id?: string;
  readonly category?: string;
  readonly publisher?: string;
  readonly released?: string;
  readonly tracking?: Json;
  readonly tree?: Json;
  readonly vulnerabilities?: readonly Json[];
}): Json {
  const {
    id = 'VENDOR-2026-1',
    category = 'csaf_security_advisory',
    publisher = 'vendor',
    tree,
    vulnerabilities,
  } = members;
  const released = members.released ?? '2026-03-01T10:00:00Z';
  return {
    document: {
      category,
      csaf_version: '2.0',
      title: 'An update for what we make',
      publisher: { category: publisher, name: 'Vendor', namespace: 'https://vendor.example' },
      references: [{ summary: 'itself', url: 'https://vendor.example/1' }],
      notes: [{ category: 'summary', text: 'It is about what we make.' }],
      tracking: {
        id,
        initial_release_date: '2026-02-01T00:00:00Z',
        current_release_date: released,
        revision_history: [{ date: released, number: '1', summary: 'First' }],
        status: 'final',
        version: '1',
        ...members.tracking,
      },
    },
    ...(tree === undefined ? {} : { product_tree: tree }),
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
  };
}

/** A branch that ends in a product. */
export function leaf(category: string, name: string, id: string, helper?: Json): Json {
  const product = { name: `${name} of the vendor`, product_id: id };
  return {
    category,
    name,
    product: helper === undefined ? product : { ...product, product_identification_helper: helper },
  };
}

/** `Vendor / product / leaves`. */
export function productOf(name: string, ...leaves: readonly Json[]): Json {
  return { category: 'vendor', name: 'Vendor', branches: [{ category: 'product_name', name, branches: leaves }] };
}

/** A package as a part of a repository, as Red Hat writes it. */
export function related(part: string, whole: string, category = 'default_component_of'): Json {
  const product = { name: `${part} as a component of ${whole}`, product_id: `${whole}:${part}` };
  return { category, full_product_name: product, product_reference: part, relates_to_product_reference: whole };
}

export function vulnerability(status: Json, members: Json = {}): Json {
  return {
    cve: 'CVE-2026-0001',
    notes: [{ category: 'description', text: 'It is bad.' }],
    product_status: status,
    ...members,
  };
}
