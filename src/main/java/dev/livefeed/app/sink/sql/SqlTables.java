package dev.livefeed.app.sink.sql;

import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.RefusedLines;
import dev.livefeed.app.sink.SinkBuffers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes lines to the tables of a database, each batch in a transaction. Lines that come again change nothing. Uses one
 * connection, which is opened again after a failure. Not for several threads at a time.
 */
public final class SqlTables implements RefusedLines.Target {

    private static final String TRADE = "trade";
    private static final String DEPTH = "depth";
    private static final String OTHERS = "";

    /** The lines of a table as a JSON array, and their number. */
    private static final class Rows {

        private final ByteArrayOutputStream json = new ByteArrayOutputStream();
        private int count;

        private void add(LineBatch lines, int index) {
            ascii((count++ == 0 ? "[{\"n\":" : ",{\"n\":") + (lines.first() + index) + ",\"t\":"
                    + lines.storedMillis(index) + ",\"e\":");
            json.writeBytes(lines.line(index));
            ascii("}");
        }

        private void ascii(String text) {
            json.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        private String text() {
            return json.toString(StandardCharsets.UTF_8) + ']';
        }
    }

    private final String venue;
    private final JdbcAddress address;
    private final RefusedLines refused;
    private SqlSession session;

    /** @param venue that of all lines, which do not contain it; null if they do */
    public SqlTables(String venue, JdbcAddress address, SinkBuffers buffers) {
        this.venue = venue;
        this.address = address;
        this.refused = new RefusedLines(buffers);
    }

    /**
     * Writes all lines. A line that the database refuses for good is kept in the table {@code refused}.
     *
     * @throws Exception if the lines must be written again
     */
    public synchronized void append(LineBatch lines) throws Exception {
        try {
            if (session == null) {
                open();
            }
            refused.write(lines, this);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    @Override
    public void write(LineBatch lines) throws SQLException, InterruptedException {
        try {
            insert(lines);
            session.run(SqlTables::commit);
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
    }

    /** A broken connection cannot be rolled back; the first failure tells why it broke. */
    private void rollback(SQLException failure) throws InterruptedException {
        try {
            session.run(open -> {
                open.rollback();
                return null;
            });
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static Void commit(Connection open) throws SQLException {
        open.commit();
        return null;
    }

    private void insert(LineBatch lines) throws SQLException, InterruptedException {
        Map<String, Rows> tables = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String type = lines.type(i);
            tables.computeIfAbsent(type.equals(TRADE) || type.equals(DEPTH) ? type : OTHERS, table -> new Rows())
                    .add(lines, i);
        }
        for (Map.Entry<String, Rows> table : tables.entrySet()) {
            String rows = table.getValue().text();
            switch (table.getKey()) {
                case TRADE -> {
                    if (insert(SqlStatements.TRADES, lines.run(), rows) < table.getValue().count) {
                        insert(SqlStatements.CONTRADICTING_TRADES, lines.run(), rows);
                    }
                }
                case DEPTH -> insert(SqlStatements.DEPTH, lines.run(), rows);
                default -> insert(SqlStatements.EVENTS, lines.run(), rows);
            }
        }
    }

    private int insert(String statement, long run, String rows) throws SQLException, InterruptedException {
        return session.run(open -> {
            try (PreparedStatement insert = open.prepareStatement(statement)) {
                insert.setString(1, venue);
                insert.setLong(2, run);
                insert.setString(3, rows);
                return insert.executeUpdate();
            }
        });
    }

    /** Data exceptions, violated constraints and limits of the database; all others may pass. */
    @Override
    public boolean isRefusal(Exception failure) {
        return failure instanceof SQLException refusal
                && refusal.getSQLState() != null
                && refusal.getSQLState().matches("(22|23|54).*");
    }

    @Override
    public boolean setAside(LineBatch line, String reason) throws SQLException, InterruptedException {
        try {
            return session.run(open -> keep(open, line, reason));
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
    }

    private boolean keep(Connection open, LineBatch line, String reason) throws SQLException {
        try (PreparedStatement insert = open.prepareStatement(SqlStatements.REFUSED)) {
            insert.setString(1, LineAddress.venue(line.line(0), venue));
            insert.setLong(2, line.run());
            insert.setLong(3, line.first());
            insert.setLong(4, line.storedMillis(0));
            insert.setString(5, reason);
            insert.setString(6, new String(line.line(0), StandardCharsets.UTF_8));
            boolean added = insert.executeUpdate() > 0;
            open.commit();
            return added;
        }
    }

    @Override
    public String place() {
        return "the table refused";
    }

    private void open() throws SQLException, InterruptedException {
        session = new SqlSession(address.connect());
        session.run(SqlTables::createTables);
    }

    private static Void createTables(Connection open) throws SQLException {
        open.setAutoCommit(false);
        try (Statement statement = open.createStatement()) {
            try (ResultSet found = statement.executeQuery(SqlStatements.TABLES)) {
                if (found.next() && found.getInt(1) == SqlStatements.TABLE_COUNT) {
                    open.commit();
                    return null;
                }
            }
            statement.execute(SqlStatements.createTables());
            open.commit();
            return null;
        }
    }

    private void close() {
        if (session != null) {
            session.close();
        }
        session = null;
    }
}
