package dev.altiplano.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.altiplano.compute.AltiplanoException;
import dev.altiplano.model.vision.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageFileTest {
    private static final byte[] PNG_SIGNATURE = {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10};

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void readsThePixelsRowByRow(int type) throws IOException {
        BufferedImage image = new BufferedImage(2, 2, type);
        image.setRGB(0, 0, 0xFF0A141E);
        image.setRGB(1, 0, 0xFF28323C);
        image.setRGB(0, 1, 0xFF46505A);
        image.setRGB(1, 1, 0xFFC8D2FA);

        RgbImage read = ImageFile.read(write(image, "png"));

        assertThat(read.width()).isEqualTo(2);
        assertThat(unsigned(read))
                .containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 200, 210, 250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void keepsGrayAsItIs(String format) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        byte[] gray = new byte[64];
        Arrays.fill(gray, (byte) 100);
        image.getRaster().setDataElements(0, 0, 8, 8, gray);

        assertThat(unsigned(ImageFile.read(write(image, format)))).containsOnly(100);
    }

    @Test
    void takesTheUpperHalfOfSixteenBits() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 100 * 257);

        assertThat(unsigned(ImageFile.read(write(image, "png")))).containsOnly(100);
    }

    @Test
    void showsWhiteThroughWhatIsTransparent() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80000000);

        assertThat(unsigned(ImageFile.read(write(image, "png"))))
                .containsExactly(255, 255, 255, 127, 127, 127);
    }

    @Test
    void readsPalettes() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(0, 0, 0xFFFF0000);

        assertThat(unsigned(ImageFile.read(write(image, "png")))).containsExactly(255, 0, 0);
    }

    @Test
    void refusesAnEnormousImageBeforeItIsDecoded() throws IOException {
        Path bomb = folder.resolve("bomb.png");
        Files.write(bomb, pngHeader(30_000, 30_000));

        assertThatThrownBy(() -> ImageFile.read(bomb))
                .isInstanceOf(AltiplanoException.class)
                .hasMessageContainingAll("bomb.png", "50000000 pixels", "30000 x 30000");
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "no image");
        Path gif = write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "gif");
        Path cut = folder.resolve("cut.png");
        Files.write(cut, pngHeader(10, 10));

        for (Path file : new Path[] {text, gif, cut, folder, folder.resolve("absent")}) {
            assertThatThrownBy(() -> ImageFile.read(file))
                    .isInstanceOf(AltiplanoException.class)
                    .hasMessageContaining(file + ": expected");
        }
    }

    /** A PNG that says its size and then ends. */
    private static byte[] pngHeader(int width, int height) {
        ByteBuffer body = ByteBuffer.allocate(17);
        body.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        body.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(body.array());
        ByteBuffer all = ByteBuffer.allocate(33).put(PNG_SIGNATURE).putInt(13);
        return all.put(body.array()).putInt((int) crc.getValue()).array();
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static int[] unsigned(RgbImage image) {
        int[] values = new int[image.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.rgb()[i] & 0xFF;
        }
        return values;
    }
}
