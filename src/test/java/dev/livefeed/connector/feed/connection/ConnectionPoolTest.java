package dev.livefeed.connector.feed.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.NetworkLink;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {

    private final ManualTime time = new ManualTime();
    private final ConnectionPool<String, Connection> pool = new ConnectionPool<>(time, Connection::new);

    /** Has as many streams as the test says. */
    private static final class Connection extends PooledConnection<String> {

        private int streams = 1;
        private boolean open;
        private boolean stopped;

        Connection(String path, int number) {
            super(path, number);
        }

        @Override
        public String name() {
            return aside() ? path() + "-aside" : numbered(path());
        }

        @Override
        public URI uri() {
            return URI.create("ws://localhost/" + path());
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean synthetic() {
            return false;
        }

        @Override
        public int size() {
            return streams;
        }

        @Override
        public boolean has(int link) {
            return link == streams;
        }

        @Override
        public NetworkLink networkLink() {
            return null;
        }

        @Override
        protected void begin() {
            open = true;
        }

        @Override
        protected void stop() {
            stopped = true;
        }

        @Override
        protected void tick() {}
    }

    private List<String> names() {
        return pool.all().stream().map(Connection::name).toList();
    }

    @Test
    void aPathIsBegunOnceAndFurtherConnectionsAreNumbered() {
        pool.begin("spot");
        pool.begin("spot");
        pool.open("spot");
        pool.begin("linear");

        assertThat(names()).containsExactly("spot", "spot-2", "linear");
        assertThat(pool.size("spot")).isEqualTo(2);
        assertThat(pool.open()).isEqualTo(3);
        assertThat(pool.streams()).isEqualTo(3);
    }

    @Test
    void theNumberOfAClosedConnectionIsUsedAgain() {
        Connection first = pool.open("spot");
        pool.open("spot");
        empty(first);

        assertThat(pool.closeEmpty()).isSameAs(first);
        assertThat(first.stopped).isTrue();
        assertThat(pool.open("spot").name()).isEqualTo("spot");
    }

    @Test
    void aConnectionIsClosedTenSecondsAfterItsLastStreamUnlessItHasAnotherOne() {
        Connection one = pool.open("spot");
        pool.open("spot");
        one.streams = 0;
        pool.tick();
        time.advance(Duration.ofSeconds(10));
        pool.tick();
        assertThat(pool.closeEmpty()).isNull();

        one.streams = 1;
        pool.tick();
        time.advance(Duration.ofSeconds(1));
        assertThat(pool.closeEmpty()).isNull();

        empty(one);
        assertThat(pool.closeEmpty()).isSameAs(one);
    }

    @Test
    void theLastConnectionStaysAndOneAsideIsNotCounted() {
        Connection last = pool.open("spot");
        Connection aside = pool.aside("spot");
        assertThat(pool.aside("spot")).isSameAs(aside);
        assertThat(pool.size()).isEqualTo(1);
        empty(last);
        assertThat(pool.closeEmpty()).isNull();

        empty(aside);
        assertThat(pool.closeEmpty()).isSameAs(aside);
        assertThat(names()).containsExactly("spot");
    }

    @Test
    void connectionsAreFoundByPathAndLink() {
        Connection spot = pool.open("spot");
        spot.streams = 7;
        Connection linear = pool.open("linear");
        pool.aside("spot").streams = 8;

        assertThat(pool.byLink(7)).isSameAs(spot);
        assertThat(pool.byLink(9)).isNull();
        assertThat(pool.first("spot", one -> one.size() > 7)).isNull();
        assertThat(pool.first("linear", one -> true)).isSameAs(linear);
    }

    private void empty(Connection connection) {
        connection.streams = 0;
        pool.tick();
        time.advance(Duration.ofMillis(10_001));
    }
}
