import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseAnnouncements } from './parse.ts';

const rss = (...items: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Acme</title>
    <link>https://acme.example</link><atom:link rel="self" href="https://acme.example/rss"/>${items.join('')}</channel></rss>`;
const atom = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><id>urn:acme</id>
    <updated>2026-11-04T00:00:00Z</updated>${entries.join('')}</feed>`;
const rdf = (...items: string[]) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://acme.example"><title>Acme</title></channel>
    ${items.join('')}</rdf:RDF>`;
const item = (inner: string) => `<item>${inner}</item>`;
const entry = (inner: string) => `<entry>${inner}</entry>`;

const parse = (xml: string) => parseAnnouncements(bytesOf(xml));
const only = (xml: string) => {
  const [first] = parse(xml).announcements;
  if (first === undefined) throw new Error('nothing was announced');
  return first;
};

describe('an announcement', () => {
  it('of RSS 2.0 has its id, its words, its link and its date', () => {
    const one = item(`<title>Router 9: fix &amp;amp; more</title><link>https://acme.example/1</link>
      <guid isPermaLink="false">acme-1</guid><pubDate>Tue, 03 Nov 2026 09:00:00 GMT</pubDate>
      <description>&lt;p&gt;Update to &lt;b&gt;9.3.1&lt;/b&gt;&lt;/p&gt;</description>`);

    expect(parse(rss(one))).toEqual({
      announcements: [
        {
          ...{
            entry: 'acme-1',
            title: 'Router 9: fix & more',
            text: 'Update to 9.3.1',
            link: 'https://acme.example/1',
          },
          ...{ published: Date.UTC(2026, 10, 3, 9), publishedPrecision: 'time', updated: null, source: one },
        },
      ],
      quarantined: [],
      dataAsOf: Date.UTC(2026, 10, 3, 9),
    });
  });

  it('of Atom 1.0 has them too, and when it was changed', () => {
    const one = entry(`<id>urn:acme:1</id><title type="text">A &lt;b&gt; fix</title>
      <link href="https://acme.example/edit" rel="edit"/><link href="https://acme.example/1"/>
      <published>2026-11-03T09:00:00Z</published><updated>2026-11-04T10:00:00+01:00</updated>
      <summary>short</summary><content type="html">&lt;p&gt;long&lt;/p&gt;</content>`);

    expect(only(atom(one))).toEqual({
      ...{ entry: 'urn:acme:1', title: 'A <b> fix', text: 'long', link: 'https://acme.example/1', source: one },
      ...{ published: Date.UTC(2026, 10, 3, 9), publishedPrecision: 'time', updated: Date.UTC(2026, 10, 4, 9) },
    });
  });

  it('of RSS 1.0 stands beside its channel, and has a date of Dublin Core', () => {
    const one = `<item rdf:about="https://acme.example/1"><title>Fix</title><link>https://acme.example/1</link>
      <dc:date>2026-11-03</dc:date><description>words</description></item>`;

    expect(only(rdf(one))).toMatchObject({
      ...{ entry: 'https://acme.example/1', title: 'Fix', text: 'words', published: Date.UTC(2026, 10, 3) },
      ...{ publishedPrecision: 'day', updated: null },
    });
  });

  it.each([
    [
      'XHTML',
      atom(
        entry(`<id>1</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt;
      <a href="https://x.example">b</a></p></div></content>`),
      ),
      'a <\nb (https://x.example)',
    ],
    ['CDATA', rss(item('<guid>1</guid><content:encoded><![CDATA[<p>a</p><p>b</p>]]></content:encoded>')), 'a\n\nb'],
    [
      'the whole text before its summary',
      rss(item('<guid>1</guid><description>short</description><content:encoded>all</content:encoded>')),
      'all',
    ],
    ['none', rss(item('<guid>1</guid>')), ''],
  ])('has the text of %s', (_, xml, text) => {
    expect(only(xml).text).toBe(text);
  });

  it.each([
    ['a permanent guid', '<guid>https://acme.example/g</guid>', 'https://acme.example/g'],
    ['no guid that is none', '<guid isPermaLink="false">https://acme.example/g</guid>', null],
    ['no http', '<guid>1</guid><link>http://acme.example</link>', null],
    ['no script', '<guid>1</guid><link>javascript:alert(1)</link>', null],
    ['no name and password', '<guid>1</guid><link>https://a:b@acme.example</link>', null],
    ['no relative address', '<guid>1</guid><link>/news/1</link>', null],
  ])('has a link that is https alone: %s', (_, inner, link) => {
    expect(only(rss(item(inner))).link).toBe(link);
  });

  it.each([
    ['the link, where there is no guid', rss(item('<link>https://acme.example/1</link>')), 'https://acme.example/1'],
    ['the guid', rss(item('<guid> g 1 </guid><link>https://acme.example/1</link>')), 'g 1'],
  ])('is named by %s', (_, xml, name) => {
    expect(only(xml).entry).toBe(name);
  });

  it('without an id and a link is set aside, and the others stand', () => {
    const read = parse(rss(item('<title>x</title>'), item('<guid>2</guid>')));

    expect(read.announcements.map((one) => one.entry)).toEqual(['2']);
    expect(read.quarantined).toEqual([{ record: 'entry 1', problem: 'it has neither an id nor a link' }]);
  });

  it.each([
    [
      'the newer of two with one id',
      atom(
        entry('<id>1</id><title>old</title><updated>2026-11-03T00:00:00Z</updated>'),
        entry('<id>1</id><title>new</title><updated>2026-11-04T00:00:00Z</updated>'),
      ),
      'new',
    ],
    [
      'the first of two without a date',
      rss(item('<guid>1</guid><title>first</title>'), item('<guid>1</guid><title>second</title>')),
      'first',
    ],
  ])('counts once: %s', (_, xml, title) => {
    expect(parse(xml)).toMatchObject({ announcements: [{ title }], quarantined: [{ record: '1' }] });
  });

  it('keeps a date that is none as no date', () => {
    expect(only(rss(item('<guid>1</guid><pubDate>soon</pubDate>')))).toMatchObject({ published: null, updated: null });
  });

  it('does not take elements of another vocabulary for its own', () => {
    const xml = rss(
      item(
        '<guid>1</guid><title>own</title><x:title xmlns:x="urn:x">other</x:title><media:content xmlns:media="urn:m"><title>inner</title></media:content>',
      ),
    );

    expect(only(xml).title).toBe('own');
  });
});

describe('a file', () => {
  it('is read packed, and in the encoding that it declares', () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item><guid>1</guid><title>Zür</title></item></channel></rss>',
      'latin1',
    );

    expect(parseAnnouncements(gzipSync(rss(item('<guid>1</guid>')))).announcements).toHaveLength(1);
    expect(parseAnnouncements(latin).announcements[0]?.title).toBe('Zür');
    expect(parseAnnouncements(Buffer.from(`\ufeff${rss(item('<guid>1</guid>'))}`)).announcements).toHaveLength(1);
  });

  it.each([
    ['a list of updates', '<updates/>', 'not-this-feed'],
    ['a page', '<html><body/></html>', 'not-this-feed'],
    ['no entry', rss(), 'not-this-feed'],
    ['a document type', `<!DOCTYPE rss [<!ENTITY a "b">]>${rss(item('<guid>&a;</guid>'))}`, 'not-this-feed'],
    ['an entity that nobody defined', rss(item('<guid>&lol;</guid>')), 'damaged'],
    ['a tag without an end', rss(item('<guid>1')), 'damaged'],
    ['too deep', rss(item('<a>'.repeat(200) + '</a>'.repeat(200))), 'too-deep'],
    [
      'too many entries',
      rss(...Array.from({ length: 10_001 }, (_, n) => `<item><guid>${n}</guid></item>`)),
      'too-large',
    ],
    ['JSON', '{}', 'damaged'],
    ['nothing', '', 'empty'],
  ])('is refused with its reason: %s', (_, xml, code) => {
    expect(faultOf(() => parse(xml))).toMatch(new RegExp(`^${code}: `));
  });

  it.each([
    ['another encoding', '<?xml version="1.0" encoding="utf-7"?><rss/>'],
    ['a wrong byte', new Uint8Array([...bytesOf('<rss>'), 0xff])],
  ])('is refused with its reason: %s', (_, content) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content;

    expect(faultOf(() => parseAnnouncements(bytes))).toMatch(/^not-text: /);
  });

  it('of ten thousand entries is read', () => {
    const items = Array.from({ length: 10_000 }, (_, n) => `<item><guid>${n}</guid><title>t</title></item>`);

    expect(parse(rss(...items)).announcements).toHaveLength(10_000);
  });
});

it('each source is a part of the file, and tells the entry again', () => {
  const text = fc
    .stringMatching(/^[a-z<>&"' é]{0,30}$/)
    .map((raw) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (titles) => {
      const xml = rss(...titles.map((title, n) => item(`<guid>${n}</guid><title>${title}</title>`)));
      const read = parse(xml).announcements;
      expect(read).toHaveLength(titles.length);
      for (const { source, title } of read) {
        expect(xml).toContain(source);
        expect(only(rss(source)).title).toBe(title);
      }
    }),
  );
});
