package dev.altiplano.model.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BilinearResizeTest {
    /** Digests of {@code Image.resize((W, H), Image.BILINEAR)}, Pillow 13.0.0. */
    @ParameterizedTest(name = "{0} x {1} to {2} x {3}")
    @CsvSource({
        "10, 10, 5, 5, 902c57c44761a963",
        "7, 5, 21, 11, 14aa4dfd5e85d880",
        "100, 100, 336, 336, eabf65a293ecef40",
        "640, 480, 336, 336, ab101c53dd35940c",
        "337, 336, 336, 336, 996520b829b2416a",
        "1, 9, 4, 3, fa690c549cee3842",
        "13, 17, 13, 4, 0446ea0aeb95066b",
        "13, 17, 5, 17, 19504572026b07b3",
        "200, 150, 61, 47, 3f0b5dbbb5bdf286"
    })
    void givesTheBytesOfPillow(int width, int height, int toWidth, int toHeight, String digest)
            throws NoSuchAlgorithmException {
        RgbImage resized =
                BilinearResize.resize(TestImages.pattern(width, height), toWidth, toHeight);

        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(resized.rgb());
        assertThat(HexFormat.of().formatHex(sha256)).startsWith(digest);
    }

    @Test
    void leavesAnImageOfTheRightSizeAlone() {
        RgbImage image = TestImages.pattern(5, 4);

        assertThat(BilinearResize.resize(image, 5, 4).rgb()).isEqualTo(image.rgb());
    }
}
