package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AvoidedAddressesTest {

    private final AvoidedAddresses avoided = new AvoidedAddresses();

    private static InetSocketAddress address(int port) {
        return InetSocketAddress.createUnresolved("api.example", port);
    }

    @Test
    void whatWasNoticedLongestAgoMakesRoomForANewOne() {
        for (int i = 1; i <= AvoidedAddresses.MOST; i++) {
            avoided.add(address(i));
        }
        avoided.add(address(1));
        avoided.add(address(1_000));

        assertThat(avoided.contains(address(1_000))).isTrue();
        assertThat(avoided.contains(address(1))).as("noticed again").isTrue();
        assertThat(avoided.contains(address(2))).isFalse();
        assertThat(avoided.contains(address(3))).isTrue();
    }

    @Test
    void whatRespondsIsNotAvoided() {
        avoided.add(address(1));
        avoided.remove(address(1));

        assertThat(avoided.contains(address(1))).isFalse();
    }
}
