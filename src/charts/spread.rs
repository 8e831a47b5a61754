//! Spreading: labels in a column, moved apart so that none touches the next.

/// The top of each label, given the middle at which it should stand and its height. A run of labels that
/// would touch is centred as a whole on the middles of its members.
pub(super) fn tops(places: &[(f64, f64)]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].0.total_cmp(&places[*b].0));
    let mut runs: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for i in order {
        let mut run = (places[i].0, places[i].1, vec![i]);
        while let Some(before) = runs.pop() {
            if before.0 + before.1 / 2.0 <= run.0 - run.1 / 2.0 {
                runs.push(before);
                break;
            }
            let (n, m) = (before.2.len() as f64, run.2.len() as f64);
            let members = [before.2, run.2].concat();
            run = ((before.0 * n + run.0 * m) / (n + m), before.1 + run.1, members);
        }
        runs.push(run);
    }
    let mut tops = vec![0.0; places.len()];
    for (middle, height, members) in runs {
        let mut top = middle - height / 2.0;
        for i in members {
            tops[i] = top;
            top += places[i].1;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_touch_are_centred_as_a_run_in_their_order() {
        assert_eq!(tops(&[(50.0, 10.0), (0.0, 10.0), (54.0, 10.0)]), [42.0, -5.0, 52.0]);
        assert_eq!(tops(&[]), [0.0; 0]);
    }
}
