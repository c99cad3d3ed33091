package dev.livefeed.app.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what clients are told apart. */
class LoginGuardTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:3::9, 2001:db8:1:3:0:0:0:0",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void aNetworkOfIpv6IsOneClient(String address, String client) {
        assertThat(LoginGuard.network(address)).isEqualTo(client);
    }
}
