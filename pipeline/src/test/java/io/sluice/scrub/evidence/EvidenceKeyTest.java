package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceKeyTest {
    /** What stands before the 32 bytes of an Ed25519 key in X.509 encoding (RFC 8410). */
    private static final String X509 = "302a300506032b6570032100";

    private static final TenantKey TENANT = new TenantKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII), 1);

    /** The tests 1 to 3 of RFC 8032, section 7.1. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void signsAsTheExamplesOfTheRfc(String seed, String publicKey, String message, String signature) {
        EvidenceKey key = EvidenceKey.ofSeed(HexFormat.of().parseHex(seed));
        byte[] content = HexFormat.of().parseHex(message);

        assertThat(hex(key.publicKey())).isEqualTo(X509 + publicKey);
        assertThat(key.fingerprint()).isEqualTo(Sha256.hex(HexFormat.of().parseHex(X509 + publicKey)));
        assertThat(hex(key.sign(content))).isEqualTo(signature);
        assertThat(new VerifyingKey(key.publicKey()).verifies(content, key.sign(content)))
                .isTrue();
    }

    @Test
    void followsFromTheTenantsKeyAlone() {
        EvidenceKey key = EvidenceKey.of(TENANT);

        assertThat(EvidenceKey.of(TENANT).publicKey()).isEqualTo(key.publicKey());
        assertThat(EvidenceKey.of(new TenantKey("0123456789abcdeg".getBytes(StandardCharsets.US_ASCII), 1))
                        .publicKey())
                .isNotEqualTo(key.publicKey());
        assertThat(key.toString()).isEqualTo("EvidenceKey " + key.fingerprint());
    }

    @Test
    void acceptsOneSpellingOfASignatureOnly() {
        EvidenceKey key = EvidenceKey.of(TENANT);
        VerifyingKey verifying = new VerifyingKey(key.publicKey());
        byte[] content = {1, 2, 3};
        String signature = key.sign(content);
        char last = signature.charAt(85);

        assertThat("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                        .chars()
                        .mapToObj(c -> signature.substring(0, 85) + (char) c + "==")
                        .filter(spelling -> verifying.verifies(content, spelling)))
                .containsExactly(signature);
        assertThat(last).isIn('A', 'Q', 'g', 'w');
        assertThat(verifying.verifies(content, "no signature")).isFalse();
        assertThat(new VerifyingKey("no key").verifies(content, signature)).isFalse();
    }

    private static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }
}
