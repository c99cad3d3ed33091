package dev.livefeed.app.route.http;

import dev.livefeed.tls.PemFiles;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the HTTP servers. The files are read again while they run: a good replacement is used by the next handshakes,
 * a bad one changes nothing and is an alarm.
 */
public final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration SOON = Duration.ofDays(14);
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    /**
     * The files, in PEM.
     *
     * @param clients the certificates that clients' certificates are signed with; null if clients need none
     */
    public record Files(Path certificate, Path key, Path clients) {}

    /** What was read of the files. */
    private record Material(PemFiles.Identity identity, List<X509Certificate> clients) {}

    private final Files files;
    private final Clock clock;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile Material current;
    private volatile String alarm;
    /** What was wrong the last time. */
    private String suspected;

    /** @throws IllegalArgumentException with the file and the rule */
    public ServerTls(Files files, Clock clock) {
        this.files = files;
        this.clock = clock;
        this.current = read(files);
    }

    private static Material read(Files files) {
        return new Material(
                PemFiles.identity(files.certificate(), files.key()),
                files.clients() == null ? List.of() : PemFiles.certificates(files.clients()));
    }

    /** Sets what a server needs; clients without a certificate are refused later, with a reason. */
    void set(HttpServerOptions options) {
        Material material = current;
        options.setSsl(true)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(KeyCertOptions.wrap(material.identity().keyManager()));
        if (!material.clients().isEmpty()) {
            options.setClientAuth(ClientAuth.REQUEST)
                    .setTrustOptions(TrustOptions.wrap(PemFiles.trusting(material.clients())));
        }
    }

    void serves(HttpServer server) {
        servers.add(server);
    }

    /** Looks whether the files have changed. Called by one thread. */
    public void reload() {
        try {
            Material read = read(files);
            if (read.equals(current)) {
                alarm = null;
                return;
            }
            read.identity().certificate().checkValidity(Date.from(clock.instant()));
            SSLOptions options = new SSLOptions()
                    .setEnabledSecureTransportProtocols(PROTOCOLS)
                    .setKeyCertOptions(KeyCertOptions.wrap(read.identity().keyManager()));
            if (!read.clients().isEmpty()) {
                options.setTrustOptions(TrustOptions.wrap(PemFiles.trusting(read.clients())));
            }
            for (HttpServer server : servers) {
                server.updateSSLOptions(options, true)
                        .onFailure(e -> LOG.error("http_certificate_not_loaded reason=\"{}\"", e.toString()));
            }
            current = read;
            alarm = null;
            LOG.info("http_certificate_loaded until={}", until(read));
        } catch (IllegalArgumentException | CertificateException e) {
            String reason = e instanceof CertificateException
                    ? files.certificate() + " is not valid now: " + e.getMessage()
                    : e.getMessage();
            String text = "the certificate of the HTTP port is not replaced, the earlier one stays: " + reason;
            // Certificate and key are two files, which are replaced one after the other.
            if (text.equals(suspected) && !text.equals(alarm)) {
                alarm = text;
                LOG.error("http_certificate_not_loaded reason=\"{}\": the earlier one stays", reason);
            }
            suspected = text;
        }
    }

    private static Instant until(Material material) {
        return material.identity().certificate().getNotAfter().toInstant();
    }

    /** A replacement that cannot be used, and a certificate that has expired or soon will; one line each. */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        String text = alarm;
        if (text != null) {
            alarms.add(text);
        }
        Instant until = until(current);
        Instant now = clock.instant();
        if (until.isBefore(now.plus(SOON))) {
            alarms.add("the certificate of the HTTP port " + (until.isBefore(now) ? "has expired at " : "expires at ")
                    + until + "; replace " + files.certificate() + " and " + files.key());
        }
        return alarms;
    }
}
