package dev.livefeed.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
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

    /** As of {@code openssl genrsa -traditional} and {@code openssl ecparam -genkey}. */
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void aKeyInItsEarlierFormIsReadToo(String algorithm) throws Exception {
        TestIdentity one = TestIdentity.make(folder, "x", "-keyalg", algorithm).write(folder, "a");
        byte[] envelope = Base64.getMimeDecoder().decode(one.key().replaceAll("-----.*", ""));
        int algorithmAt = header(envelope, 0) + 3;
        int keyAt = algorithmAt + 2 + envelope[algorithmAt + 1];
        byte[] key = Arrays.copyOfRange(envelope, header(envelope, keyAt), envelope.length);
        Files.writeString(
                folder.resolve("a.key"),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n-----BEGIN " + algorithm
                        + " PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END "
                        + algorithm + " PRIVATE KEY-----\n");

        assertThat(PemFiles.identity(folder.resolve("a.crt"), folder.resolve("a.key"))
                        .key()
                        .getEncoded())
                .isEqualTo(envelope);
    }

    /** Where the content of an element of DER begins. */
    private static int header(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7F : 0);
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
        fault("a.key has a private key that is damaged");
        Files.writeString(key, one.key().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        fault("a.key has no private key without a password (BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or BEGIN EC"
                + " PRIVATE KEY); convert it with: openssl pkcs8 -topk8 -nocrypt -in " + key + " -out NEW_FILE");
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
