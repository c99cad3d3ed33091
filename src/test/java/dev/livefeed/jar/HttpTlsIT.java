package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.tls.PemFiles;
import dev.livefeed.tls.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** TLS of the HTTP port: replaced and expired certificates, clients with and without their own. */
@ExtendWith(JarExtension.class)
class HttpTlsIT {

    private static final String FEED = "status connected; i=0; while :; do i=$((i + 1)); trade $i; sleep 0.1; done";

    private TestIdentity first;

    @BeforeEach
    void files(Jar jar) throws Exception {
        first = TestIdentity.make(jar.folder(), "first").write(jar.folder(), "server");
        jar.script(FEED).with("HTTP_TLS_CERT_FILE", "server.crt").with("HTTP_TLS_KEY_FILE", "server.key");
    }

    private static SSLContext context(Jar jar, String trusted, String client) throws Exception {
        Path folder = jar.folder();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                client == null
                        ? null
                        : new KeyManager[] {
                            PemFiles.identity(folder.resolve(client + ".crt"), folder.resolve(client + ".key"))
                                    .keyManager()
                        },
                new TrustManager[] {PemFiles.trusting(PemFiles.certificates(folder.resolve(trusted)))},
                null);
        return context;
    }

    private static HttpResponse<String> get(Jar jar, SSLContext context, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + jar.port() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The subject of the certificate that the server shows now. */
    private static String shown(Jar jar) throws IOException {
        try {
            SSLContext any = SSLContext.getInstance("TLS");
            any.init(null, new TrustManager[] {new AnyServer()}, null);
            try (SSLSocket socket = (SSLSocket) any.getSocketFactory().createSocket("127.0.0.1", jar.port())) {
                socket.startHandshake();
                return socket.getSession().getPeerPrincipal().getName();
            }
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class AnyServer implements javax.net.ssl.X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void aCertificateIsReplacedWhileItRunsAndABadOneIsNot(Jar jar) throws Exception {
        Files.writeString(jar.folder().resolve("ca.crt"), first.certificate());
        jar.start();
        assertThat(jar.log(" started .* http=https://")).hasSize(1);
        HttpResponse<String> answer = get(jar, context(jar, "ca.crt", null), "/live");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        assertThat(RawHttp.send(jar.port(), "", "GET /live HTTP/1.1", "Host: localhost")
                        .status())
                .isNotEqualTo(200);
        assertThat(shown(jar)).isEqualTo("CN=first");

        TestIdentity.make(jar.folder(), "second").write(jar.folder(), "server");
        Jar.soon().until(() -> shown(jar).equals("CN=second"));
        Files.copy(jar.folder().resolve("server.crt"), jar.folder().resolve("second.crt"));
        SSLContext second = context(jar, "second.crt", null);

        TestIdentity.make(jar.folder(), "expired", "-startdate", "-3d", "-validity", "1")
                .write(jar.folder(), "server");
        Jar.soon()
                .until(() -> get(jar, second, "/ws/health").body().contains("is not replaced, the earlier one stays"));
        assertThat(get(jar, second, "/ws/health").body()).contains("server.crt is not valid now: NotAfter");
        Files.writeString(jar.folder().resolve("server.key"), first.key());
        Jar.soon()
                .until(() ->
                        get(jar, second, "/ws/health").body().contains("is not the key of the first certificate in"));
        assertThat(shown(jar)).isEqualTo("CN=second");
        assertThat(jar.log(" ERROR .*http_certificate_not_loaded")).isNotEmpty();

        first.write(jar.folder(), "server");
        Jar.soon().until(() -> shown(jar).equals("CN=first"));
        assertThat(get(jar, context(jar, "ca.crt", null), "/ws/health").body()).doesNotContain("is not replaced");
        jar.stop();
    }

    @Test
    void pagesAndNamesAreThoseOfTls(Jar jar) throws Exception {
        Files.writeString(jar.folder().resolve("ca.crt"), first.certificate());
        jar.with("HTTP_NAMES", "feed.example").start();
        SSLContext context = context(jar, "ca.crt", null);
        String here = "localhost:" + jar.port();

        assertThat(raw(jar, context, "GET /live HTTP/1.1\r\nHost: feed.example"))
                .containsIgnoringCase("\r\nStrict-Transport-Security: max-age=31536000\r\n");
        for (String origin : List.of("https://" + here, "http://" + here)) {
            assertThat(raw(
                            jar,
                            context,
                            "POST /strategy/resume HTTP/1.1\r\nContent-Length: 0\r\nHost: " + here + "\r\nOrigin: "
                                    + origin))
                    .startsWith(origin.startsWith("https") ? "HTTP/1.1 200 " : "HTTP/1.1 403 ");
        }
        jar.stop();
    }

    private static String raw(Jar jar, SSLContext context, String head) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", jar.port())) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void clientsNeedACertificateExceptProbes(Jar jar) throws Exception {
        TestIdentity client = TestIdentity.make(jar.folder(), "client").write(jar.folder(), "client");
        TestIdentity.make(jar.folder(), "stranger").write(jar.folder(), "stranger");
        Files.writeString(jar.folder().resolve("ca.crt"), first.certificate());
        Files.writeString(jar.folder().resolve("clients.crt"), client.certificate());
        jar.with("HTTP_HOST", "0.0.0.0")
                .with("HTTP_TLS_CLIENT_CA_FILE", "clients.crt")
                .start();

        SSLContext without = context(jar, "ca.crt", null);
        assertThat(get(jar, without, "/live").statusCode()).isEqualTo(200);
        assertThat(get(jar, without, "/ws/health").statusCode()).isEqualTo(401);
        assertThat(get(jar, without, "/ws/health").body()).isEqualTo("{\"error\":\"a client certificate is missing\"}");
        assertThat(get(jar, context(jar, "ca.crt", "client"), "/ws/health").statusCode())
                .isEqualTo(200);
        assertThat(tail(jar, Map.of("LIVEFEED_CA_FILE", "ca.crt"))).contains("401: a client certificate is missing");
        assertThat(tail(
                        jar,
                        Map.of(
                                "LIVEFEED_CA_FILE",
                                "ca.crt",
                                "LIVEFEED_CERT_FILE",
                                "client.crt",
                                "LIVEFEED_KEY_FILE",
                                "client.key")))
                .contains("\"type\":\"trade\"");
        assertThat(tail(jar, Map.of())).contains("is not reached: ");
        assertThat(tail(
                        jar,
                        Map.of(
                                "LIVEFEED_CA_FILE",
                                "ca.crt",
                                "LIVEFEED_CERT_FILE",
                                "stranger.crt",
                                "LIVEFEED_KEY_FILE",
                                "stranger.key")))
                .doesNotContain("\"type\":\"trade\"");
        jar.stop();
    }

    @Test
    void clientCertificatesAreThoseOfTheFileAsItIsNow(Jar jar) throws Exception {
        Files.writeString(jar.folder().resolve("ca.crt"), first.certificate());
        List<String> names = List.of("old", "new");
        for (String name : names) {
            TestIdentity.make(jar.folder(), name).write(jar.folder(), name);
        }
        Path clients = jar.folder().resolve("clients.crt");
        Files.copy(jar.folder().resolve("old.crt"), clients);
        jar.with("HTTP_TLS_CLIENT_CA_FILE", "clients.crt").start();
        SSLContext old = context(jar, "ca.crt", "old");
        assertThat(admitted(jar, old)).isTrue();
        assertThat(admitted(jar, context(jar, "ca.crt", "new"))).isFalse();

        Files.copy(jar.folder().resolve("new.crt"), clients, StandardCopyOption.REPLACE_EXISTING);
        Jar.soon().until(() -> admitted(jar, context(jar, "ca.crt", "new")));
        // Neither by a new handshake nor by resuming its session.
        assertThat(admitted(jar, old)).isFalse();
        assertThat(admitted(jar, context(jar, "ca.crt", "old"))).isFalse();

        Files.writeString(clients, "");
        Jar.soon().until(() -> get(jar, context(jar, "ca.crt", "new"), "/ws/health")
                .body()
                .contains("clients.crt has no certificate"));
        assertThat(admitted(jar, context(jar, "ca.crt", "new"))).isTrue();
        assertThat(admitted(jar, context(jar, "ca.crt", null))).isFalse();
        jar.stop();
    }

    private static boolean admitted(Jar jar, SSLContext context) throws Exception {
        try {
            return get(jar, context, "/ws/health").statusCode() == 200;
        } catch (IOException e) {
            return false; // refused by the handshake
        }
    }

    private static String tail(Jar jar, Map<String, String> environment) throws Exception {
        TailRun tail = TailRun.ofOneMessage(jar, "https://localhost:" + jar.port(), environment);
        return tail.out() + tail.err();
    }

    @Test
    void badFilesAreAFaultAtTheStart(Jar jar) throws Exception {
        Files.writeString(
                jar.folder().resolve("server.key"),
                TestIdentity.make(jar.folder(), "other").key());
        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.log("^error: .*server.key is not the key of the first certificate in "))
                .hasSize(1);

        assertThat(jar.with("HTTP_TLS_KEY_FILE", "").run("run")).isEqualTo(78);
        assertThat(jar.log("^error: HTTP_TLS_KEY_FILE is \"\"; HTTP_TLS_CERT_FILE and HTTP_TLS_KEY_FILE must be"))
                .hasSize(1);
    }
}
