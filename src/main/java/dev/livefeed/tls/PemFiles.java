package dev.livefeed.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * Reads certificates and private keys of PEM files. What cannot be used is an {@link IllegalArgumentException} with the
 * file and the rule, and never with a part of a key.
 */
public final class PemFiles {

    private static final int MOST_BYTES = 1_024 * 1_024;
    /** PKCS #8, PKCS #1 (RSA) and SEC 1 (EC), without a password. */
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
    /** Signatures by the algorithm of a key, to see whether a certificate belongs to it. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final char[] IN_MEMORY = "memory".toCharArray();

    /**
     * A private key with the certificates for it.
     *
     * @param chain the one of the key first; at least one
     */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {

        public X509Certificate certificate() {
            return chain.get(0);
        }

        /** For the handshakes of a server or client. */
        public X509KeyManager keyManager() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("key", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(store, IN_MEMORY);
                return (X509KeyManager) factory.getKeyManagers()[0];
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException("the key cannot be used: " + e.getMessage(), e);
            }
        }
    }

    private PemFiles() {}

    /** Reads a key and its certificates, and checks that they belong together. */
    public static Identity identity(Path certificates, Path key) {
        List<X509Certificate> chain = certificates(certificates);
        Identity identity = new Identity(key(key, chain.get(0).getPublicKey()), chain);
        if (!belongs(identity)) {
            throw new IllegalArgumentException(
                    key + " is not the key of the first certificate in " + certificates + "; both must be replaced");
        }
        return identity;
    }

    private static boolean belongs(Identity identity) {
        String algorithm = SIGNATURES.get(identity.certificate().getPublicKey().getAlgorithm());
        try {
            Signature signature = Signature.getInstance(algorithm == null ? "none" : algorithm);
            signature.initSign(identity.key());
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(identity.certificate().getPublicKey());
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** @param other the public key of the certificate, whose algorithm is that of the key */
    private static PrivateKey key(Path file, PublicKey other) {
        String text = new String(content(file), StandardCharsets.ISO_8859_1);
        Matcher block = KEY.matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException(file
                    + " has no private key without a password (BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or BEGIN EC"
                    + " PRIVATE KEY); convert it with: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW_FILE");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " has a damaged private key", e);
        }
        if (!block.group(1).isEmpty()) {
            encoded = Pkcs8.of(encoded, other);
        }
        for (String algorithm : SIGNATURES.keySet()) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                continue; // of another algorithm
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e); // every Java has these
            }
        }
        throw new IllegalArgumentException(file + " has a private key that is damaged, or neither RSA, EC nor EdDSA");
    }

    /** Reads certificates, at least one. */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(content(file))) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(one -> certificates.add((X509Certificate) one));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(file + " has a damaged certificate: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(file + " has no certificate; it must have a block BEGIN CERTIFICATE");
        }
        return certificates;
    }

    /** Trusts these certificates, and those that they have signed, and no other. */
    public static X509TrustManager trusting(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("certificate" + i, certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] content(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is not a regular file; it must be a PEM file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IllegalArgumentException(file + " has more than " + MOST_BYTES / 1024 + " KiB");
            }
            return content;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read: "
                            + (e instanceof NoSuchFileException ? "it does not exist" : e.toString()),
                    e);
        }
    }
}
