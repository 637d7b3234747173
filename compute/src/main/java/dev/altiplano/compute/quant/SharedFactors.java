package dev.altiplano.compute.quant;

/**
 * The factors {@code a} and {@code b} that bring {@code a * u[i] + b * v[i]} nearest to {@code
 * x[i]} by weighted least squares; fed with sums over many i.
 */
final class SharedFactors {
    /** Below this share of its largest possible value the determinant is rounding noise. */
    private static final double DETERMINANT_MIN = 1e-9;

    private double uu;
    private double uv;
    private double vv;
    private double ux;
    private double vx;

    /** Adds weighted sums of products. */
    void add(double uu, double uv, double vv, double ux, double vx) {
        this.uu += uu;
        this.uv += uv;
        this.vv += vv;
        this.ux += ux;
        this.vx += vx;
    }

    /** The factor of u. */
    float a() {
        if (isIndependent()) {
            return (float) ((vv * ux - uv * vx) / determinant());
        }
        return uu > 0 ? (float) (ux / uu) : 0;
    }

    /** The factor of v; 0 where v says nothing that u does not. */
    float b() {
        return isIndependent() ? (float) ((uu * vx - uv * ux) / determinant()) : 0;
    }

    private boolean isIndependent() {
        return determinant() > DETERMINANT_MIN * uu * vv;
    }

    private double determinant() {
        return uu * vv - uv * uv;
    }
}
