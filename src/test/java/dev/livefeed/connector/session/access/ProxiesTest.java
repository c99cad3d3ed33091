package dev.livefeed.connector.session.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final URI STREAM = URI.create("wss://stream.bybit.com/v5/public/linear");

    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://proxy.example:3128|HTTP|proxy.example|3128||",
                "proxy.example:3128|HTTP|proxy.example|3128||",
                "PROXY|HTTP|PROXY|80||",
                "https://proxy.example/|HTTPS|proxy.example|443||",
                "socks5://10.0.0.1|SOCKS5|10.0.0.1|1080||",
                "SOCKS5H://u:p@[fe80::1]:9|SOCKS5|fe80::1|9|u|p",
                "http://u%40corp:a%2Fb%20c+d%25@p:1|HTTP|p|1|u@corp|a/b c+d%",
                "http://u:p@ss:w@p:1|HTTP|p|1|u|p@ss:w",
                "http://token@p_1:1|HTTP|p_1|1|token|''"
            })
    void proxyIsReadFromItsUrl(String url, String kind, String host, int port, String user, String password) {
        ProxyAddress proxy = ProxyAddress.parse(url, "X");
        assertThat(proxy).isEqualTo(new ProxyAddress(ProxyAddress.Kind.valueOf(kind), host, port, user, password, "X"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://user:s3cret@",
                "http://user:s3cret@:3128",
                "ftp://user:s3cret@proxy:21",
                "socks4://user:s3cret@proxy:1080",
                "socks4a://proxy",
                "http://proxy:0",
                "http://proxy:65536",
                "http://proxy:s3cret",
                "http://proxy:",
                "proxy:3128:user:s3cret",
                "http://pro xy:3128",
                "http://proxy:3128/s3cret",
                "http://[::g]:1",
                "http://::1:3128",
                "http://:s3cret@proxy:1",
                "http://user:s3cret%@proxy:1",
                "http://user:s3cret%0a@proxy:1",
                "://proxy:1",
                "-proxy"
            })
    void wrongProxyIsOneLineWithoutTheValue(String url) {
        for (String variable : new String[] {"BYBIT_PROXY", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"}) {
            environment.clear();
            environment.put(variable, url);
            assertThatThrownBy(this::proxies)
                    .isInstanceOf(ConfigurationException.class)
                    .satisfies(e -> assertThat(e.getMessage().lines().distinct())
                            .singleElement()
                            .asString()
                            .startsWith(variable + " is no proxy: ")
                            .contains("it must be such as http://proxy.example:3128")
                            .doesNotContain("s3cret"));
        }
    }

    @Test
    void variablesCountByScheme() throws Exception {
        environment.put("HTTPS_PROXY", "secure:1");
        environment.put("http_proxy", "plain:2");
        environment.put("ALL_PROXY", "socks5://all:3");
        assertThat(proxies().of(STREAM)).hasToString("proxy secure:1 (HTTPS_PROXY)");
        assertThat(proxies().of(URI.create("ws://stream.example/"))).hasToString("proxy plain:2 (http_proxy)");

        environment.put("https_proxy", "small:4");
        assertThat(proxies().of(STREAM)).hasToString("proxy small:4 (https_proxy)");
        environment.keySet().removeIf(name -> !name.equals("ALL_PROXY"));
        assertThat(proxies().of(STREAM)).hasToString("proxy all:3 (ALL_PROXY)");
        environment.put("HTTPS_PROXY", " ");
        assertThat(proxies().of(STREAM)).hasToString("proxy all:3 (ALL_PROXY)");
    }

    @Test
    void ownSettingWinsOverTheEnvironment() throws Exception {
        environment.put("HTTPS_PROXY", "secure:1");
        environment.put("NO_PROXY", "*");
        assertThat(proxies().of(STREAM)).isNull();
        environment.put("BYBIT_PROXY", "http://user:secret@own:2");
        assertThat(proxies().of(STREAM)).hasToString("proxy own:2 (BYBIT_PROXY)");
        assertThat(proxies().of(URI.create("ws://127.0.0.1:8090")))
                .as("loopback too")
                .isNotNull();
        assertThat(proxies().toString()).doesNotContain("secret");
        environment.put("BYBIT_PROXY", "NONE");
        environment.remove("NO_PROXY");
        assertThat(proxies().of(STREAM)).isNull();
        environment.put("BYBIT_PROXY", "environment");
        assertThat(proxies().of(STREAM)).hasToString("proxy secure:1 (HTTPS_PROXY)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "[::1]", "localhost", "LOCALHOST", "venue.localhost", "0.0.0.0"})
    void loopbackHostsAreReachedDirectly(String host) throws Exception {
        environment.put("ALL_PROXY", "proxy:1");
        URI uri = URI.create("wss://" + host + ":1/");
        assertThat(proxies().of(uri)).isNull();
        assertThat(proxies().describe(uri))
                .isEqualTo(host + " is reached without the proxy proxy:1 (ALL_PROXY): it is a loopback host");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|stream.bybit.com|443|true",
                "a.b,*|stream.bybit.com|443|true",
                "bybit.com|stream.bybit.com|443|true",
                "bybit.com|bybit.com|443|true",
                "bybit.com|notbybit.com|443|false",
                "bybit.com|bybit.com.evil.org|443|false",
                ".bybit.com|stream.bybit.com|443|true",
                ".bybit.com|bybit.com|443|true",
                "*.bybit.com|stream.bybit.com|443|true",
                "BYBIT.COM.|Stream.Bybit.com.|443|true",
                "stream.bybit.com|api.bybit.com|443|false",
                "stream.bybit.com:443|stream.bybit.com|443|true",
                "stream.bybit.com:8443|stream.bybit.com|443|false",
                ".bybit.com:443|stream.bybit.com|443|true",
                "10.1.2.3|10.1.2.3|1|true",
                "10.1.2.3|10.1.2.30|1|false",
                "10.1.2.3:5|10.1.2.3|5|true",
                "10.1.2.3:5|10.1.2.3|6|false",
                "10.0.0.0/8|10.1.2.3|1|true",
                "10.0.0.0/8|11.1.2.3|1|false",
                "10.0.0.0/8|ten.example|1|false",
                "192.168.1.0/24 172.16.0.0/12|172.31.0.1|1|true",
                "fd00::/8|fd00::1|1|true",
                "fd00::/8|10.0.0.1|1|false",
                "0.0.0.0/0|fd00::1|1|false",
                "0.0.0.0/0|8.8.8.8|1|true",
                "fd00:0::0001|fd00::1|1|true",
                "[fd00::1]:7|fd00::1|7|true",
                "[fd00::1]:7|fd00::1|8|false",
                "[fd00::1]|fd00::1|8|true",
                "'a, , b.example'|x.b.example|1|true"
            })
    void noProxyListsHosts(String list, String host, int port, boolean direct) throws Exception {
        environment.put("HTTPS_PROXY", "proxy:1");
        for (String variable : new String[] {"NO_PROXY", "no_proxy"}) {
            environment.remove("NO_PROXY");
            environment.put(variable, list);
            URI uri = URI.create("wss://" + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port + "/x");
            assertThat(proxies().of(uri) == null).isEqualTo(direct);
        }
    }

    @Test
    void entriesThatAreNoHostsAreWarnedAboutAndIgnored() throws Exception {
        environment.put("HTTPS_PROXY", "proxy:1");
        environment.put("NO_PROXY", "10.0.0.0/99,a*b,x:y,10.0.0.0/8/9,/,stream.bybit.com");
        ConnectorSettings settings = new ConnectorSettings(environment, "NO_FILE");
        assertThat(NetworkAccess.read(settings, "BYBIT_PROXY", "BYBIT_HEADERS")
                        .proxies()
                        .of(STREAM))
                .isNull();
        settings.check();
        assertThat(settings.warnings())
                .containsExactly("NO_PROXY holds 5 entries that are neither host, address nor network; they are "
                        + "ignored: 10.0.0.0/99, a*b, x:y, 10.0.0.0/8/9, /");
    }

    private Proxies proxies() throws ConfigurationException {
        ConnectorSettings settings = new ConnectorSettings(environment, "NO_FILE");
        NetworkAccess access = NetworkAccess.read(settings, "BYBIT_PROXY", "BYBIT_HEADERS");
        settings.check();
        return access.proxies();
    }

    private ConnectorSettings settings(String... variables) throws ConfigurationException {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        return new ConnectorSettings(all, "CONFIG_FILE");
    }

    @Test
    void noneIsNoProxyAndIsNotReplacedByThatForAll() throws Exception {
        ConnectorSettings settings = settings("HTTPS_PROXY", "None", "ALL_PROXY", "http://proxy:1");
        Proxies proxies = Proxies.read(settings, "BYBIT_PROXY");

        settings.check();
        assertThat(proxies.of(STREAM)).isNull();
        assertThat(proxies.of(URI.create("http://h"))).isNotNull();
    }

    @Test
    void aBadProxyForAllIsReportedOnce() throws Exception {
        ConnectorSettings settings = settings("ALL_PROXY", "ftp://proxy");
        Proxies.read(settings, "BYBIT_PROXY");

        assertThatThrownBy(settings::check)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.example;b.example", "'a.example'", "\"a.example\"", "a.example|b", "http//x", "(a)", "-a"})
    void anEntryThatIsNoHostIsWarnedAbout(String entry) throws Exception {
        ConnectorSettings settings = settings("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", "good.example," + entry);
        Proxies.read(settings, "BYBIT_PROXY");

        assertThat(settings.warnings()).singleElement().asString().contains("1 entries", entry);
    }
}
