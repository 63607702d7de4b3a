/** `0.94321` as `94.3 %`; what is not zero never reads as zero. */
export function percent(share: number): string {
  const text = (share * 100).toFixed(share < 0.1 ? 2 : 1);
  return share > 0 && Number(text) === 0 ? '< 0.01 %' : `${text} %`;
}
