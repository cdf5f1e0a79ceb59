const [width, height, inset] = [76, 26, 4]

/** How something went, small and without a scale: beside a figure that says the rest. */
export function Spark({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  const last = known.at(-1)
  if (known.length < 2 || last === undefined) return null
  const least = Math.min(...known.map(({ value }) => value))
  const most = Math.max(...known.map(({ value }) => value))
  const xOf = (index: number) => inset + (index / (values.length - 1)) * (width - 2 * inset)
  const yOf = (value: number) =>
    most === least ? height / 2 : inset + (1 - (value - least) / (most - least)) * (height - 2 * inset)
  return (
    <svg className="spark" width={width} height={height} aria-hidden="true">
      <path
        className="chart-series series-1"
        d={known.map(({ value, index }, at) => `${at === 0 ? 'M' : 'L'}${xOf(index)},${yOf(value)}`).join('')}
      />
      <circle className="fill-1" cx={xOf(last.index)} cy={yOf(last.value)} r="3" />
    </svg>
  )
}
