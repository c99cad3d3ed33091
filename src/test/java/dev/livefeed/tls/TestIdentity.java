package dev.livefeed.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A key and its self-signed certificate for localhost, made by keytool, as PEM files. */
public final class TestIdentity {

    private static final String PASSWORD = "changeit";
    private final String certificate;
    private final String key;

    private TestIdentity(String certificate, String key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** @param more options of keytool, such as {@code -startdate -3d -validity 1} */
    public static TestIdentity make(Path folder, String name, String... more) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(Arrays.asList(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(out);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestIdentity(
                pem("CERTIFICATE", keys.getCertificate("key").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("key", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + kind
                + "-----\n";
    }

    public String certificate() {
        return certificate;
    }

    public String key() {
        return key;
    }

    /** Writes {@code NAME.crt} and {@code NAME.key}. */
    public TestIdentity write(Path folder, String name) throws IOException {
        Files.writeString(folder.resolve(name + ".crt"), certificate);
        Files.writeString(folder.resolve(name + ".key"), key);
        return this;
    }
}
