/** The sign of the product: the same as favicon.svg, in the colors of the theme. */
export function Mark() {
  return (
    <svg className="ps-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="ps-mark-ground" />
      <path d="M9 8h9.5a5.5 5.5 0 0 1 0 11H13" className="ps-mark-bow" />
      <path d="M9 14v11" className="ps-mark-stem" />
    </svg>
  );
}
