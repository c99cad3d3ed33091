package dev.livefeed.app.sink.questdb;

/** A row in InfluxDB line protocol as QuestDB reads it: symbols first, then other columns, then the time. */
final class InfluxRow {

    private final StringBuilder out;
    private boolean columns;

    /** Begins a row at the end of the text. */
    InfluxRow(StringBuilder out, String table) {
        this.out = out.append(table);
    }

    /** Nothing if the value is null or empty. To be called before any other column. */
    InfluxRow symbol(String name, String value) {
        if (value != null && !value.isEmpty()) {
            out.append(',').append(name).append('=');
            escaped(value, " ,=\\\n\r");
        }
        return this;
    }

    /** Nothing if the value is null. */
    InfluxRow text(String name, String value) {
        if (value != null) {
            column(name).append('"');
            escaped(value, "\"\\\n\r");
            out.append('"');
        }
        return this;
    }

    /** An exact decimal as it is written; nothing if it is null. */
    InfluxRow decimal(String name, String value) {
        return plain(name, value, "d");
    }

    InfluxRow whole(String name, long value) {
        return plain(name, Long.toString(value), "i");
    }

    /** A whole number as it is written; nothing if it is null. */
    InfluxRow whole(String name, String value) {
        return plain(name, value, "i");
    }

    /** Microseconds as they are written; nothing if they are null. */
    InfluxRow time(String name, String micros) {
        return plain(name, micros, "t");
    }

    InfluxRow flag(String name, boolean value) {
        return plain(name, value ? "t" : "f", "");
    }

    private InfluxRow plain(String name, String value, String suffix) {
        if (value != null) {
            column(name).append(value).append(suffix);
        }
        return this;
    }

    private StringBuilder column(String name) {
        out.append(columns ? ',' : ' ').append(name).append('=');
        columns = true;
        return out;
    }

    private void escaped(String value, String special) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (special.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
    }

    /** Ends the row. */
    void at(long micros) {
        out.append(' ').append(micros).append('\n');
    }
}
