package dev.livefeed.tls;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/** Puts a key of PKCS #1 or SEC 1 into the envelope of PKCS #8 (RFC 5958), which is the only one that Java reads. */
final class Pkcs8 {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {2, 1, 0};

    private Pkcs8() {}

    /**
     * @param key in DER
     * @param other the public key that belongs to it, which names the algorithm and the curve
     */
    static byte[] of(byte[] key, PublicKey other) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION);
        content.writeBytes(algorithm(other.getEncoded()));
        content.writeBytes(element(OCTETS, key));
        return element(SEQUENCE, content.toByteArray());
    }

    /** The first element of a SubjectPublicKeyInfo (RFC 5280, 4.1), which is a sequence. */
    private static byte[] algorithm(byte[] publicKey) {
        int begin = contentAt(publicKey, 0);
        int length = publicKey[begin + 1] & 0xFF; // an algorithm has less than 128 bytes
        return Arrays.copyOfRange(publicKey, begin, begin + 2 + length);
    }

    private static int contentAt(byte[] der, int at) {
        int length = der[at + 1] & 0xFF;
        return at + 2 + (length < 0x80 ? 0 : length - 0x80);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            boolean two = content.length > 0xFF;
            element.write(two ? 0x82 : 0x81);
            if (two) {
                element.write(content.length >> 8);
            }
            element.write(content.length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
