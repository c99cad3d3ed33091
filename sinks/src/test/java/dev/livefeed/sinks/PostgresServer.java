package dev.livefeed.sinks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL of the system with a cluster of its own, which asks for a password. */
final class PostgresServer implements SecureServer {

    static final String PASSWORD = "not:to@be/logged";

    private static final String JAVA_TRUST = "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    private static final String USER = "livefeed";
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final int port = ServerProcess.freePort();
    private final String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    private final TlsFiles tls;
    private final ServerProcess process;

    PostgresServer(Path folder, TlsFiles tls) throws Exception {
        this.tls = tls;
        Path programs = programs();
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        List<String> create = asOther(programs.resolve("initdb").toString(), "-D", "data", "-U", USER, "-A");
        create.addAll(List.of("scram-sha-256", "--pwfile", password.toString(), "--locale=C.UTF-8"));
        if (tls != null) {
            Files.copy(tls.certificate(), folder.resolve("server.pem"));
            Files.copy(tls.key(), folder.resolve("server.key"));
            Files.setPosixFilePermissions(folder.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        }
        if (isRoot()) {
            run(folder, List.of("chown", "-R", "postgres", folder.toString()));
        }
        run(folder, create);
        List<String> serve = asOther(programs.resolve("postgres").toString(), "-D", "data", "-p", port + "");
        serve.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        if (tls != null) {
            serve.addAll(List.of("-c", "ssl=on", "-c", "ssl_cert_file=" + folder.resolve("server.pem")));
            serve.addAll(List.of("-c", "ssl_key_file=" + folder.resolve("server.key")));
        }
        process = new ServerProcess(folder, serve, Map.of(), () -> {
            connect().close();
            return true;
        });
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                Path latest = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                        .max(Comparator.naturalOrder())
                        .orElse(null);
                if (latest != null) {
                    return latest;
                }
            }
        }
        return ServerProcess.program("postgres", "apt-get install postgresql").getParent();
    }

    /** The server refuses to run as root. */
    private static List<String> asOther(String... command) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prepare.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(folder.resolve("prepare.log")));
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url + "?connectTimeout=2&socketTimeout=600", USER, PASSWORD);
    }

    @Override
    public String sink() {
        return "sql";
    }

    @Override
    public Map<String, String> settings() {
        String verified = tls == null ? "" : "?sslmode=verify-full&sslrootcert=" + tls.authority();
        return Map.of("SINK_SQL_URL", url + verified, "SINK_SQL_USER", USER, secret(), PASSWORD);
    }

    /** With the trust of the JVM, which does not know the authority. */
    @Override
    public Map<String, String> untrusted() {
        return Map.of("SINK_SQL_URL", url + JAVA_TRUST);
    }

    @Override
    public Map<String, String> otherName() {
        return Map.of("SINK_SQL_URL", url.replace("127.0.0.1", "localhost") + JAVA_TRUST);
    }

    @Override
    public String secret() {
        return "SINK_SQL_PASSWORD";
    }

    @Override
    public String loginFailure() {
        return "password authentication failed for user";
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void read(DeliveryCheck check) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false); // in portions
            statement.setFetchSize(10_000);
            try (ResultSet trade = statement.executeQuery("select * from trades order by run, sequence")) {
                while (trade.next()) {
                    check.trade(
                            trade.getString("category"),
                            trade.getString("symbol"),
                            trade.getString("trade_id"),
                            trade.getString("price"),
                            trade.getString("size"),
                            trade.getString("side"),
                            trade.getTimestamp("exchange_time").getTime());
                }
            }
            try (ResultSet depth = statement.executeQuery("select * from depth order by run, sequence")) {
                while (depth.next()) {
                    check.depth(
                            depth.getString("category"),
                            depth.getString("symbol"),
                            depth.getLong("last_update_id"),
                            depth.getBoolean("snapshot"),
                            depth.getString("bids").replace(" ", ""),
                            depth.getString("asks").replace(" ", ""),
                            depth.getTimestamp("exchange_time").getTime());
                }
            }
            try (ResultSet event = statement.executeQuery("select event from events order by run, sequence")) {
                while (event.next()) {
                    check.line(event.getString(1));
                }
            }
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
