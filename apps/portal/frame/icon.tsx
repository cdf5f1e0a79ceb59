const paths = {
  card: ['M3 6.5h14v8.5H3z', 'M3 9.5h14', 'M5.5 12.5h3'],
  rewards: [
    'M3.5 8.5h13v8h-13z',
    'M2.5 5.5h15v3h-15z',
    'M10 5.5v11',
    'M10 5.5c-3.5 0-4.5-3-2.5-3S10 5.5 10 5.5s.5-3 2.5-3 1 3-2.5 3',
  ],
  history: ['M10 3a7 7 0 1 1-6.3 4', 'M3 3.5V7h3.5', 'M10 6.5V10l2.5 1.5'],
  me: ['M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5z', 'M3.5 17c.6-3 3.2-4.5 6.5-4.5s5.9 1.5 6.5 4.5'],
} as const

/** Beside a word, never in its place. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      {paths[name].map((path) => (
        <path key={path} d={path} strokeLinecap="round" strokeLinejoin="round" />
      ))}
    </svg>
  )
}
