package dev.livefeed.app.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A step that waits for a server that takes nothing ends in time. */
@Timeout(30)
class SqlSessionTest {

    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch aborted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private SqlSession session(int answerMillis) throws SQLException {
        return new SqlSession(
                (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            switch (method.getName()) {
                                case "getNetworkTimeout" -> {
                                    return answerMillis;
                                }
                                case "abort" -> aborted.countDown();
                                case "close" -> closed.countDown();
                                case "commit" -> {
                                    blocked.countDown();
                                    aborted.await();
                                    released.countDown();
                                    throw new SQLException("closed");
                                }
                                default -> throw new AssertionError(method);
                            }
                            return null;
                        }),
                0);
    }

    private static Void commit(Connection open) throws SQLException {
        open.commit();
        return null;
    }

    @Test
    void aStepThatBlocksFailsAndItsConnectionIsGivenUp() throws Exception {
        SqlSession session = session(1_000);
        assertThatThrownBy(() -> session.run(SqlSessionTest::commit))
                .isInstanceOf(SQLException.class)
                .hasMessage("the server has not taken what was sent within 1 s");
        assertThatThrownBy(() -> session.run(open -> 1)).hasMessage("the connection is broken");
        session.close();
        assertThat(released.await(10, TimeUnit.SECONDS))
                .as("the step has ended")
                .isTrue();
    }

    @Test
    void aStopDoesNotWaitForAStepThatBlocks() throws Exception {
        Thread route = Thread.currentThread();
        Thread stop = new Thread(() -> {
            try {
                blocked.await();
                route.interrupt();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        stop.start();
        SqlSession session = session((int) Duration.ofHours(1).toMillis());
        assertThatThrownBy(() -> session.run(SqlSessionTest::commit)).isInstanceOf(InterruptedException.class);
        session.close();
        assertThat(released.await(10, TimeUnit.SECONDS))
                .as("the step has ended")
                .isTrue();
    }

    @Test
    void aStepThatFailsLeavesTheSessionUsable() throws Exception {
        SqlSession session = session(60_000);
        assertThatThrownBy(() -> session.run(open -> {
                    throw new SQLException("violates a constraint", "23514");
                }))
                .isInstanceOfSatisfying(SQLException.class, failure -> assertThat(failure.getSQLState())
                        .isEqualTo("23514"));
        int result = session.run(open -> 7);
        assertThat(result).isEqualTo(7);
        session.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(aborted.getCount()).as("connections that were aborted").isOne();
    }
}
