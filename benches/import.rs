//! What people already have, opened: a dump of 1,000 tables, 100 MB of rows on the way, 1,000 tables
//! in DBML, and 200 files of Mongoose models.
//!
//! A dump of 1,000 tables is to take no more than 150 ms, 1,000 tables in DBML no more than 50 ms, 200
//! files of Mongoose models no more than 200 ms; rows are to be stepped over at 300 MB/s or more:
//! `cargo bench --bench import`.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop there")]

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use lunette::formats::Importer;
use lunette::formats::registry::importer;
use lunette::formats::sources::{Source, Sources};

fn main() {
    divan::main();
}

/// As `pg_dump` writes it: tables first, then what counts, keys, indexes, references and notes.
fn pg_dump(tables: usize) -> String {
    let mut dump =
        "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n\n".to_owned();
    for n in 0..tables {
        write!(
            dump,
            "--\n-- Name: item_{n}; Type: TABLE; Schema: public; Owner: shop\n--\n\n\
             CREATE TABLE public.item_{n} (\n    id bigint NOT NULL,\n    parent_id bigint,\n    \
             name character varying(200) NOT NULL,\n    \
             state character varying(20) DEFAULT 'new'::character varying NOT NULL,\n    \
             price numeric(12,2) DEFAULT 0.00,\n    is_live boolean DEFAULT true NOT NULL,\n    \
             seen timestamp with time zone DEFAULT now(),\n    data jsonb,\n    tags text[],\n    \
             code uuid DEFAULT gen_random_uuid(),\n    \
             CONSTRAINT item_{n}_price_check CHECK ((price >= (0)::numeric))\n);\n\n\n\
             ALTER TABLE public.item_{n} OWNER TO shop;\n\n\
             COMMENT ON COLUMN public.item_{n}.code IS 'what it is called elsewhere';\n\n\
             CREATE SEQUENCE public.item_{n}_id_seq START WITH 1 INCREMENT BY 1 CACHE 1;\n\n\
             ALTER TABLE ONLY public.item_{n} ALTER COLUMN id \
             SET DEFAULT nextval('public.item_{n}_id_seq'::regclass);\n\n"
        )
        .unwrap();
    }
    for n in 0..tables {
        write!(
            dump,
            "ALTER TABLE ONLY public.item_{n}\n    ADD CONSTRAINT item_{n}_pkey PRIMARY KEY (id);\n\n\
             CREATE INDEX item_{n}_name_idx ON public.item_{n} USING btree (name, seen DESC);\n\n\
             ALTER TABLE ONLY public.item_{n}\n    ADD CONSTRAINT item_{n}_parent_id_fkey \
             FOREIGN KEY (parent_id) REFERENCES public.item_{}(id) ON DELETE CASCADE;\n\n",
            n / 2
        )
        .unwrap();
    }
    dump
}

/// Rows in the words of `mysqldump`, quotes and backslashes included.
fn inserted(bytes: usize) -> String {
    let mut dump =
        "-- MySQL dump 10.13\nCREATE TABLE `t` (`id` int, `a` text, `b` text);\n".to_owned();
    let mut n = 0;
    while dump.len() < bytes {
        dump.push_str("INSERT INTO `t` VALUES ");
        for _ in 0..1_000 {
            n += 1;
            write!(
                dump,
                "({n},'it\\'s a text of the usual length; it''s -- no comment',NULL,'2024-01-01'),"
            )
            .unwrap();
        }
        dump.push_str("(0,'',NULL);\n");
    }
    dump
}

/// Rows as `pg_dump` copies them.
fn copied(bytes: usize) -> String {
    let mut dump = "--\n-- PostgreSQL database dump\n--\nCREATE TABLE public.t (id int, a text);\n\
                    COPY public.t (id, a) FROM stdin;\n"
        .to_owned();
    while dump.len() < bytes {
        dump.push_str("1\tit's a text of the usual length; -- no comment\t\\N\t2024-01-01\n");
    }
    dump.push_str("\\.\n\nCREATE TABLE public.u (id int);\n");
    dump
}

/// Models as teams write them: one a file, with hooks and methods on the way.
fn mongoose_file(n: usize) -> Source {
    let (before, path) = (n.saturating_sub(1), format!("models/order{n}.model.js"));
    let text = format!(
        "import mongoose, {{ Schema }} from 'mongoose';\nimport bcrypt from 'bcrypt';\n\
         import {{ itemSchema{before} }} from './order{before}.model.js';\n\n\
         export const itemSchema{n} = new Schema(\n  {{\n    product: {{ type: Schema.Types.ObjectId, \
         ref: 'Order{before}', required: true }},\n    quantity: {{ type: Number, required: [true, 'how \
         many?'], min: 1 }},\n  }},\n  {{ _id: false }},\n);\n\n/** Order number {n}. */\n\
         const orderSchema = new mongoose.Schema(\n  {{\n    price: {{ type: Number, required: true }},\n    \
         customer: {{ type: mongoose.Schema.Types.ObjectId, ref: 'Order{before}' }},\n    \
         items: {{ type: [itemSchema{n}] }},\n    before: [itemSchema{before}],\n    \
         address: {{ street: String, city: {{ type: String, trim: true }}, zip: {{ type: String, match: \
         /^\\d{{5}}$/ }} }},\n    status: {{ type: String, enum: ['PENDING', 'CANCELLED', 'DELIVERED'], \
         default: 'PENDING' }},\n    email: {{ type: String, required: true, unique: true, lowercase: true \
         }},\n    paidAt: {{ type: Date, default: Date.now }}, // when the money came\n    tags: [String],\n  \
         }},\n  {{ timestamps: true }},\n);\n\norderSchema.index({{ customer: 1, status: -1 }});\n\n\
         orderSchema.pre('save', async function (next) {{\n  if (!this.isModified('email')) return \
         next();\n  this.hash = await bcrypt.hash(this.email, 10);\n  next();\n}});\n\n\
         orderSchema.methods.total = function () {{\n  return this.items.reduce((sum, item) => sum + \
         item.quantity, 0);\n}};\n\nexport const Order{n} = mongoose.models.Order{n} || \
         mongoose.model('Order{n}', orderSchema);\n"
    );
    Source { path, text }
}

#[divan::bench]
fn mongoose_models_in_200_files(bencher: Bencher<'_, '_>) {
    let sources = Sources::from((0..200).map(mongoose_file).collect::<Vec<_>>());
    let mongoose = importer("mongoose").unwrap();
    let read = mongoose.import(&sources, "shop").project.model;
    // A model and the type that it embeds; all but the first refer to the one before, twice.
    assert_eq!((read.entities().count(), read.references().count()), (400, 400));
    bencher.bench(|| mongoose.import(&sources, "shop"));
}

fn sql() -> &'static dyn Importer {
    importer("sql").unwrap()
}

/// Tables as people write them, each with two references to earlier ones.
fn dbml(tables: usize) -> String {
    let mut text = "Project big { database_type: 'PostgreSQL' }\n".to_owned();
    for n in 0..tables {
        write!(
            text,
            "Table item_{n} [note: 'Number {n}'] {{\n  id bigint [pk, increment]\n  \
             parent_id bigint [ref: > item_{}.id]\n  other_id bigint [not null]\n  \
             name varchar(200) [not null, note: 'what it is called']\n  \
             price decimal(12, 2) [default: 0.00]\n  is_live boolean [default: true]\n  \
             seen timestamptz [default: `now()`]\n  data jsonb\n  tags text[]\n  \
             indexes {{\n    (name, seen) [unique]\n    price\n  }}\n}}\n\n\
             Ref: item_{n}.other_id > item_{}.id [delete: cascade]\n",
            n / 2,
            n / 3
        )
        .unwrap();
    }
    text
}

#[divan::bench]
fn dbml_of_1000_tables(bencher: Bencher<'_, '_>) {
    let sources = Sources::single("big.dbml", dbml(1_000));
    let importer = importer("dbml").unwrap();
    let read = importer.import(&sources, "big").project.model;
    assert_eq!((read.entities().count(), read.references().count()), (1_000, 2_000));
    bencher.bench(|| importer.import(&sources, "big"));
}

#[divan::bench]
fn a_dump_of_1000_tables(bencher: Bencher<'_, '_>) {
    let sources = Sources::single("dump.sql", pg_dump(1_000));
    let read = sql().import(&sources, "dump").project.model;
    assert_eq!((read.entities().count(), read.references().count()), (1_000, 1_000));
    bencher.bench(|| sql().import(&sources, "dump"));
}

#[divan::bench(sample_count = 5, args = ["inserted", "copied"])]
fn rows(bencher: Bencher<'_, '_>, way: &str) {
    let text = if way == "inserted" { inserted(100_000_000) } else { copied(100_000_000) };
    let bytes = text.len();
    let sources = Sources::single("dump.sql", text);
    bencher.counter(BytesCount::new(bytes)).bench(|| sql().import(&sources, "dump"));
}
