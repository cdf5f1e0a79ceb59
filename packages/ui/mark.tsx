import './theme.css'

/** Laurel's own sign, drawn in the colour of acts and links. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="var(--accent)"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <g strokeWidth="2">
        <path d="M8.6 17.4C4.9 16 3 12.9 3.2 8.5" />
        <path d="M11.4 17.4C15.1 16 17 12.9 16.8 8.5" />
        <path d="M5.6 13.2C7.8 12.3 8.4 9.9 7.6 7.4" />
        <path d="M14.4 13.2C12.2 12.3 11.6 9.9 12.4 7.4" />
        <path d="M3.2 7.2C2.7 5.6 3.2 4 4.6 2.8" />
        <path d="M16.8 7.2C17.3 5.6 16.8 4 15.4 2.8" />
      </g>
    </svg>
  )
}
