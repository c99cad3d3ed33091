package dev.livefeed.app.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of databases contain no login, and need a driver. */
class JdbcAddressTest {

    private static final String URL = "jdbc:postgresql://127.0.0.1:5432/market?sslmode=verify-full";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://u:p@host/db",
                "jdbc:postgresql://host/db?user=u",
                "jdbc:postgresql://host/db?ssl=true&password=p"
            })
    void loginsAreFound(String url) {
        assertThat(JdbcAddress.hasLogin(url)).isTrue();
        assertThat(JdbcAddress.hasLogin(URL)).isFalse();
    }

    @Test
    void withoutADriverNothingIsTried() {
        assertThat(JdbcAddress.hasDriver(URL)).as("the jar has none").isFalse();
        assertThatThrownBy(() -> new JdbcAddress(URL, "u", "p").connect())
                .isInstanceOf(SQLException.class)
                .hasMessage("no JDBC driver is installed for " + URL);
    }

    @Test
    void theTablesAreInTheJar() {
        assertThat(SqlStatements.createTables())
                .contains("create table if not exists trades", "create_hypertable('depth'");
    }
}
