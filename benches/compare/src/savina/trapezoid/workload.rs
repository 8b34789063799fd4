use crate::savina::program::{Setting, Workload};
use std::f64::consts::PI;

/// The integral of 4 / (1 + x * x) from 0 to 1, which is pi.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Integral {
    /// Number of trapezoids per piece.
    trapezoids: u32,
}

/// The part of one worker.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    from: f64,
    width: f64,
    trapezoids: u32,
}

pub(crate) const WORKERS: u32 = 100;

fn curve(x: f64) -> f64 {
    4.0 / (1.0 + x * x)
}

impl Integral {
    /// Returns one piece per worker.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> + Send + use<> {
        let Integral { trapezoids } = *self;
        let width = 1.0 / f64::from(WORKERS);
        (0..WORKERS).map(move |worker| Piece { from: f64::from(worker) * width, width, trapezoids })
    }
}

impl Piece {
    /// Returns the area by the trapezoid rule.
    pub(crate) fn area(&self) -> f64 {
        let step = self.width / f64::from(self.trapezoids);
        let edges = (curve(self.from) + curve(self.from + self.width)) / 2.0;
        let inside: f64 = (1..self.trapezoids).map(|n| curve(self.from + f64::from(n) * step)).sum();
        (edges + inside) * step
    }
}

impl Workload for Integral {
    /// The sum of all areas.
    type Outcome = f64;

    fn of(setting: Setting) -> Self {
        Integral { trapezoids: setting.scale.pick(700_000, 100) }
    }

    fn check(&self, area: &f64) {
        assert!((area - PI).abs() < 1e-8, "{area} is near pi");
    }
}
