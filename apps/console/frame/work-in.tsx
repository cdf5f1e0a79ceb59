interface Props {
  readonly program: string
  readonly text: string
  /** Where one is afterwards. */
  readonly next: string
}

/** The program that one works in is kept by the server, in a cookie: the whole console is of another one afterwards. */
export const WorkIn = ({ program, text, next }: Props) => (
  <form method="post" action="/account/program">
    <input type="hidden" name="program" value={program} />
    <input type="hidden" name="next" value={next} />
    <button type="submit" className="link">
      {text}
    </button>
  </form>
)
