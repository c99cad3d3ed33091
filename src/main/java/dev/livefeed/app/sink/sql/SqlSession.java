package dev.livefeed.app.sink.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection whose every step ends in time. The timeout of the driver is that of reading; what it sends to a machine
 * that is gone, or to a server that reads nothing, may wait for a quarter of an hour or for good. Steps therefore run
 * on a thread of the session, which is left behind together with the connection. Used by one thread at a time.
 */
final class SqlSession implements AutoCloseable {

    /** What a step may take longer than the driver waits for an answer, which then tells more about the failure. */
    private static final long MARGIN_MILLIS = 5_000;

    /** Something that is done with the connection. */
    interface Use<T> {

        T run(Connection connection) throws SQLException;
    }

    private final Connection connection;
    private final long answerMillis;
    private final long marginMillis;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(SqlSession::daemon);
    private boolean broken;

    /** Takes over a connection, whose network timeout limits each step; 0 is none. */
    SqlSession(Connection opened) throws SQLException {
        this(opened, MARGIN_MILLIS);
    }

    SqlSession(Connection opened, long marginMillis) throws SQLException {
        connection = opened;
        this.marginMillis = marginMillis;
        answerMillis = opened.getNetworkTimeout();
    }

    private static Thread daemon(Runnable steps) {
        Thread thread = new Thread(steps, "sink-sql-session");
        thread.setDaemon(true);
        return thread;
    }

    /** @throws SQLException if the step fails or has not ended in time; then the session is of no more use */
    <T> T run(Use<T> step) throws SQLException, InterruptedException {
        if (broken) {
            throw new SQLException("the connection is broken");
        }
        Future<T> done = thread.submit(() -> step.run(connection));
        try {
            return answerMillis == 0 ? done.get() : done.get(answerMillis + marginMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            broken = true;
            throw new SQLException("the server has not taken what was sent within "
                    + TimeUnit.MILLISECONDS.toSeconds(answerMillis) + " s");
        } catch (InterruptedException e) {
            broken = true;
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new SQLException(e.getCause());
        }
    }

    /** Does not wait for a step that has not ended, nor for the server. */
    @Override
    public void close() {
        if (broken) {
            daemon(this::abort).start();
        } else {
            thread.execute(this::end);
        }
        thread.shutdown();
    }

    /** Ends the step that still waits. */
    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // The system ends it with the connection.
        }
    }

    private void end() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is broken; the next attempt opens another one.
        }
    }
}
