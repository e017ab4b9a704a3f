//! Words that a target keeps for itself. Facts from the targets' own documentation; lists are
//! sorted, in lower case.
//!
//! Must not know what a generator does about them: quote, rename or warn.

/// PostgreSQL 15: `pg_get_keywords()` of category reserved, functions and types included.
const POSTGRES: &str = "all analyse analyze and any array as asc asymmetric authorization binary \
    both case cast check collate collation column concurrently constraint create cross \
    current_catalog current_date current_role current_schema current_time current_timestamp \
    current_user default deferrable desc distinct do else end except false fetch for foreign \
    freeze from full grant group having ilike in initially inner intersect into is isnull join \
    lateral leading left like limit localtime localtimestamp natural not notnull null offset on \
    only or order outer overlaps placing primary references returning right select session_user \
    similar some symmetric table tablesample then to trailing true union unique user using \
    variadic verbose when where window with";

/// MySQL 8.4 and 9, chapter "Keywords and Reserved Words", words marked (R).
const MYSQL: &str = "accessible add all alter analyze and as asc asensitive before between bigint \
    binary blob both by call cascade case change char character check collate column condition \
    constraint continue convert create cross cube cume_dist current_date current_time \
    current_timestamp current_user cursor database databases day_hour day_microsecond day_minute \
    day_second dec decimal declare default delayed delete dense_rank desc describe deterministic \
    distinct distinctrow div double drop dual each else elseif empty enclosed escaped except \
    exists exit explain false fetch first_value float float4 float8 for force foreign from \
    fulltext function generated get grant group grouping groups having high_priority \
    hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive \
    insert int int1 int2 int3 int4 int8 integer intersect interval into io_after_gtids \
    io_before_gtids is iterate join json_table key keys kill lag last_value lateral lead leading \
    leave left like limit linear lines load localtime localtimestamp lock long longblob longtext \
    loop low_priority manual match maxvalue mediumblob mediumint mediumtext middleint \
    minute_microsecond minute_second mod modifies natural no_write_to_binlog not nth_value ntile \
    null numeric of on optimize optimizer_costs option optionally or order out outer outfile over \
    parallel partition percent_rank precision primary procedure purge qualify range rank read \
    read_write reads real recursive references regexp release rename repeat replace require \
    resignal restrict return revoke right rlike row row_number rows schema schemas \
    second_microsecond select sensitive separator set show signal smallint spatial specific sql \
    sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning ssl \
    starting stored straight_join system table tablesample terminated then tinyblob tinyint \
    tinytext to trailing trigger true undo union unique unlock unsigned update usage use using \
    utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying virtual when \
    where while window with write xor year_month zerofill";

/// What MariaDB 10.11 keeps beyond the words it shares with MySQL.
const MARIADB_ONLY: &str = "current_role delete_domain_id do_domain_ids general \
    ignore_domain_ids ignore_server_ids master_heartbeat_period master_ssl_verify_server_cert \
    offset page_checksum parse_vcol_expr ref_system_id returning slow stats_auto_recalc \
    stats_persistent stats_sample_pages";

/// SQLite 3.40: keywords that cannot stand as a bare column name.
const SQLITE: &str = "add all alter and as autoincrement between case check collate commit \
    constraint create default deferrable delete distinct drop else escape except exists foreign \
    from group having if in index insert intersect into is isnull join limit not nothing notnull \
    null on or order primary references returning select set table then to transaction union \
    unique update using values when where";

/// SQL Server 2022, chapter "Reserved Keywords (Transact-SQL)".
const SQL_SERVER: &str = "add all alter and any as asc authorization backup begin between break \
    browse bulk by cascade case check checkpoint close clustered coalesce collate column commit \
    compute constraint contains containstable continue convert create cross current current_date \
    current_time current_timestamp current_user cursor database dbcc deallocate declare default \
    delete deny desc disk distinct distributed double drop dump else end errlvl escape except exec \
    execute exists exit external fetch file fillfactor for foreign freetext freetexttable from \
    full function goto grant group having holdlock identity identity_insert identitycol if in \
    index inner insert intersect into is join key kill left like lineno load merge national \
    nocheck nonclustered not null nullif of off offsets on open opendatasource openquery \
    openrowset openxml option or order outer over percent pivot plan precision primary print proc \
    procedure public raiserror read readtext reconfigure references replication restore restrict \
    return revert revoke right rollback rowcount rowguidcol rule save schema securityaudit select \
    semantickeyphrasetable semanticsimilaritydetailstable semanticsimilaritytable session_user set \
    setuser shutdown some statistics system_user table tablesample textsize then to top tran \
    transaction trigger truncate try_convert tsequal union unique unpivot update updatetext use \
    user values varying view waitfor when where while with within writetext";

/// Field names that Mongoose 9 keeps for its documents.
const MONGOOSE: &str = "__proto__ _events _eventscount collection constructor db emit errors get \
    init isdirectmodified ismodified isnew listeners modelname once populated prototype remove \
    removelistener save schema set toobject validate";

/// Words that neither JavaScript modules nor TypeScript take as a name.
const JAVASCRIPT: &str = "arguments await break case catch class const continue debugger default \
    delete do else enum eval export extends false finally for function if implements import in \
    instanceof interface let new null package private protected public return static super switch \
    this throw true try typeof var void while with yield";

/// Words that Rust keeps, strict and reserved ones, all editions up to 2024.
const RUST: &str = "abstract as async await become box break const continue crate do dyn else \
    enum extern false final fn for gen if impl in let loop macro match mod move mut override priv \
    pub ref return self static struct super trait true try type typeof unsafe unsized use virtual \
    where while yield";

/// Whether `word`, ignoring case, is one that this target keeps for itself. Unknown targets keep
/// none.
pub fn is_reserved(word: &str, target: &str) -> bool {
    let word = word.to_lowercase();
    let is_in = |list: &str| list.split_ascii_whitespace().any(|reserved| reserved == word);
    match target {
        "postgres" => is_in(POSTGRES),
        "mysql" => is_in(MYSQL),
        "mariadb" => is_in(MYSQL) || is_in(MARIADB_ONLY),
        "sqlite" => is_in(SQLITE),
        "sqlserver" => is_in(SQL_SERVER),
        "mongoose" => is_in(MONGOOSE),
        "javascript" | "typescript" => is_in(JAVASCRIPT),
        "rust" => is_in(RUST),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_in_lower_case() {
        for list in [POSTGRES, MYSQL, MARIADB_ONLY, SQLITE, SQL_SERVER, MONGOOSE, JAVASCRIPT, RUST]
        {
            let words: Vec<_> = list.split_ascii_whitespace().collect();
            assert!(words.is_sorted(), "{words:?}");
            assert_eq!(list.to_lowercase(), list);
        }
    }

    #[test]
    fn each_target_keeps_its_own_words() {
        assert!(is_reserved("User", "postgres") && !is_reserved("user", "mysql"));
        assert!(is_reserved("groups", "mysql") && is_reserved("offset", "mariadb"));
        assert!(is_reserved("collection", "mongoose") && is_reserved("type", "rust"));
        assert!(!is_reserved("select", "markdown"));
    }
}
