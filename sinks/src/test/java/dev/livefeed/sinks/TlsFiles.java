package dev.livefeed.sinks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of an authority of the test's own: that of a server at 127.0.0.1, not at localhost, and what trusts the
 * authority, made with the documented command.
 */
final class TlsFiles {

    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority.p12";
    private static final String SERVER = "server.p12";

    private final Path folder;

    TlsFiles(Path folder) throws Exception {
        this.folder = folder;
        keytool("-genkeypair", AUTHORITY, "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-keyalg", "EC");
        keytool("-exportcert", AUTHORITY, "-alias", "ca", "-rfc", "-file", "ca.pem");
        keytool("-genkeypair", SERVER, "-alias", "server", "-dname", "CN=server", "-keyalg", "RSA");
        keytool("-certreq", SERVER, "-alias", "server", "-file", "server.csr");
        keytool(
                "-gencert",
                AUTHORITY,
                "-alias",
                "ca",
                "-infile",
                "server.csr",
                "-outfile",
                "server.pem",
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1");
        keytool("-importcert", SERVER, "-alias", "ca", "-file", "ca.pem", "-noprompt");
        keytool("-importcert", SERVER, "-alias", "server", "-file", "server.pem", "-noprompt");
        KeyStore store = KeyStore.getInstance(folder.resolve(SERVER).toFile(), PASSWORD.toCharArray());
        Key key = store.getKey("server", PASSWORD.toCharArray());
        Files.writeString(
                key(),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        for (String command : Documentation.commands("TLS and logins")) {
            if (!command.startsWith("java ")) {
                run(List.of("sh", "-c", command));
            }
        }
        if (!Files.exists(trust())) {
            throw new IllegalStateException("no command of doc/SINKS.md has made " + trust());
        }
    }

    private void keytool(String command, String store, String... more) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-keystore",
                store,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        words.addAll(List.of(more));
        run(words);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("keytool.log");
        int status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(log));
        }
    }

    /** Certificate of the authority. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Certificate of the server. */
    Path certificate() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /** Certificate and key of the server. */
    Path keyStore() {
        return folder.resolve(SERVER);
    }

    /** What the documented command has made. */
    Path trust() {
        return folder.resolve("trust.p12");
    }

    /** The documented options of the JVM with which it trusts the authority. */
    String[] options() throws IOException {
        List<String> commands = Documentation.commands("TLS and logins");
        return Arrays.stream(commands.get(commands.size() - 1).split(" "))
                .filter(word -> word.startsWith("-D"))
                .map(word -> word.replace("=trust.p12", "=" + trust()))
                .toArray(String[]::new);
    }

    /** For readers of the test. */
    SSLContext context() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trustManagers().getTrustManagers(), null);
        return context;
    }

    TrustManagerFactory trustManagers() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(trust().toFile(), PASSWORD.toCharArray()));
        return trust;
    }
}
