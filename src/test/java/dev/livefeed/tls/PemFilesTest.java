package dev.livefeed.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates of PEM files, and what is wrong with others. */
class PemFilesTest {

    @TempDir
    private Path folder;

    private void fault(String rule) {
        assertThatThrownBy(() -> PemFiles.identity(folder.resolve("a.crt"), folder.resolve("a.key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContaining(rule)
                .message()
                .doesNotContain("MIG", "-----");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void aKeyIsReadWithItsCertificate(String algorithm) throws Exception {
        TestIdentity.make(folder, "x", "-keyalg", algorithm).write(folder, "a");

        assertThat(PemFiles.identity(folder.resolve("a.crt"), folder.resolve("a.key"))
                        .certificate()
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=x");
    }

    @Test
    void whatCannotBeUsedIsNamed() throws Exception {
        TestIdentity one = TestIdentity.make(folder, "one").write(folder, "a");
        TestIdentity other = TestIdentity.make(folder, "other");
        Path certificate = folder.resolve("a.crt");
        Path key = folder.resolve("a.key");

        Files.writeString(key, other.key());
        fault("a.key is not the key of the first certificate in ");
        Files.writeString(key, one.key().replace("PRIVATE KEY", "EC PRIVATE KEY"));
        fault("a.key has no block BEGIN PRIVATE KEY (PKCS #8, without a password); openssl pkcs8 -topk8 -nocrypt");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        fault("a.key has a private key that is damaged, or neither RSA, EC nor EdDSA");
        Files.writeString(key, one.key());
        Files.writeString(certificate, "");
        fault("a.crt has no certificate");
        Files.writeString(certificate, one.certificate().substring(0, 200));
        fault("a.crt has ");
        Files.writeString(certificate, "x".repeat(2_000_000));
        fault("a.crt has more than 1024 KiB");
        Files.delete(certificate);
        fault("a.crt cannot be read: it does not exist");
    }
}
