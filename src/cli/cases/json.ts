/** Reading a JSON file whose form is known but not trusted: every step names the place that does not fit. */
export class Json {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  private wrong(what: string): Error {
    return new Error(`${this.path} is ${JSON.stringify(this.value)?.slice(0, 60) ?? 'missing'}; it must be ${what}`);
  }

  has(key: string): boolean {
    return typeof this.value === 'object' && this.value !== null && Object.hasOwn(this.value, key);
  }

  get(key: string): Json {
    if (!this.has(key)) throw new Error(`${this.path} has no ${key}`);
    return new Json((this.value as Readonly<Record<string, unknown>>)[key], `${this.path}.${key}`);
  }

  /** The first of these keys that is there. */
  maybe(key: string): Json | undefined {
    return this.has(key) ? this.get(key) : undefined;
  }

  keys(): readonly string[] {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) throw this.wrong('an object');
    return Object.keys(this.value);
  }

  list(): readonly Json[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    return this.value.map((item, i) => new Json(item, `${this.path}[${i}]`));
  }

  number(): number {
    if (typeof this.value !== 'number') throw this.wrong('a number');
    return this.value;
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('a text');
    return this.value;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.wrong('true or false');
    return this.value;
  }

  numbers(): number[] {
    return this.list().map((item) => item.number());
  }

  /** A list of rows of equal length. */
  matrix(): number[][] {
    const rows = this.list().map((row) => row.numbers());
    if (rows.some((row) => row.length !== rows[0]?.length)) throw this.wrong('rows of equal length');
    return rows;
  }

  object(): Readonly<Record<string, unknown>> {
    this.keys();
    return this.value as Readonly<Record<string, unknown>>;
  }
}
