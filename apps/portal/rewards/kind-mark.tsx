const box = ['M4 7.5l8-4 8 4v9l-8 4-8-4z', 'M4 7.5l8 4 8-4', 'M12 11.5v9']
const tag = ['M4 4h8l8 8-8 8-8-8z', 'M8.5 8.5h.01']
const purse = ['M4 7h16v12H4z', 'M4 7l12-3v3', 'M15 13h2']
const ticket = ['M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4z', 'M14 7v10']
const heart = ['M12 20s-8-5-8-10.5A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.5C20 15 12 20 12 20z']
const swap = ['M5 9h14l-3-3', 'M19 15H5l3 3']

/** A sign for the kind of thing that a reward is; the name beside it says which. */
const paths: Readonly<Record<string, readonly string[]>> = {
  'money-off': tag,
  'percent-off': tag,
  'free-shipping': box,
  product: box,
  'pay-with-points': purse,
  'gift-card': purse,
  experience: ticket,
  access: ticket,
  donation: heart,
  exchange: swap,
  'partner-exchange': swap,
}

export function KindMark({ kind }: { readonly kind: string }) {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      {(paths[kind] ?? box).map((path) => (
        <path key={path} d={path} strokeLinecap="round" strokeLinejoin="round" />
      ))}
    </svg>
  )
}
