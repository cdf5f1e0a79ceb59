const paths = {
  home: 'M3 9l7-6 7 6v8h-5v-5H8v5H3z',
  members:
    'M7 9a3 3 0 100-6 3 3 0 000 6zM1.5 17c0-3 2.5-5 5.5-5s5.5 2 5.5 5M13 9a2.6 2.6 0 100-5M14.5 12c2.4.3 4 2.2 4 5',
  program: 'M4 2.5h9l3 3v12H4zM7 8h6M7 11h6M7 14h4',
  backtest: 'M3 4v5h5M3.6 12.5A7 7 0 104.8 6L3 8.5M10 7v3.5l2.5 1.5',
  report: 'M3 3v14h14M6.5 13.5l3-4 2.5 2 4-6',
  settings:
    'M10 12.6a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2zM10 2.5v2.2M10 15.3v2.2M2.5 10h2.2M15.3 10h2.2M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M15.3 4.7l-1.6 1.6M6.3 13.7l-1.6 1.6',
  reward: 'M3.5 9h13v8h-13zM2.5 6h15v3h-15zM10 6v11M10 6C8 6 6 5.2 6 3.8S8.5 2.6 10 6c1.5-3.4 4-3.6 4-2.2S12 6 10 6z',
  offer: 'M3 10.5L10.5 3H17v6.5L9.5 17zM13.6 6.4h.01',
  partner: 'M3 8.5l3.5-3.5L10 7l3.5-2L17 8.5M3 8.5v4l5 4 2-1.5 2 1.5 5-4v-4',
  team: 'M10 9.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM4 17c0-3.2 2.7-5 6-5s6 1.8 6 5z',
  second: 'M7.5 9a3 3 0 100-6 3 3 0 000 6zM2 17c0-3 2.4-5 5.5-5 1.2 0 2.3.3 3.2.8M12 15l2.2 2.2L18.5 13',
  key: 'M7 13.5a4 4 0 113.6-5.8H18v3.2h-2v2h-2.6v-2h-2.8A4 4 0 017 13.5zM6.6 9.5h.01',
  audit: 'M4 4.5h.01M4 10h.01M4 15.5h.01M7.5 4.5h9M7.5 10h9M7.5 15.5h5',
  pilot: 'M10 3v6M10 9l-5 4v4M10 9l5 4v4M8 5l2-2 2 2',
  correction: 'M4 10a6 6 0 106-6H5M8 1L5 4l3 3M8.5 10.5l1.5 1.5 2.5-3',
  sandbox: 'M3 6l7-3 7 3v8l-7 3-7-3zM3 6l7 3 7-3M10 9v8',
  more: 'M4 10h.01M10 10h.01M16 10h.01',
  search: 'M9 15A6 6 0 109 3a6 6 0 000 12zM13.5 13.5L17.5 17.5',
} as const

/** Drawn in the colour of the text beside it; the words say what it means. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
