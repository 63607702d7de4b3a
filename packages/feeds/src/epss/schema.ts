// The file is not JSON: two lines say what it is, then one line per vulnerability. // first.org/epss/data_stats

/** `#model_version:v2025.03.14,score_date:2026-08-16T00:00:00+0000` */
export const MODEL_LINE =
  /^#model_version:([^,]{1,64}),score_date:(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2}))?$/;
export const HEADER_LINE = 'cve,epss,percentile';
/** `CVE-2026-0001,0.00043,0.1234`; both numbers are shares of one. */
export const SCORE_LINE = /^(CVE-\d{4}-\d{4,}),(0(?:\.\d+)?|1(?:\.0+)?|\d(?:\.\d+)?e-\d+),(0(?:\.\d+)?|1(?:\.0+)?)$/;
