/** The form of a purchase requisition. The supplier is chosen first, since it says what can be asked for. */
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { Notice } from '../../../functions/pages/layout.tsx';
import { SUPPLIERS } from '../../tryton/company-data.ts';
import type { Visit } from './frame.tsx';
import { type FormProblems, type FormValues, productsOf, type Supplier, valueIn } from './read-requisition-form.ts';

interface FormProps {
  readonly title: string;
  readonly visit: Visit;
  readonly directory: DirectoryData;
  readonly supplier: Supplier;
  readonly values: FormValues;
  readonly problems: FormProblems;
}

export function RequisitionForm({ title, visit, directory, supplier, values, problems }: FormProps) {
  const { t } = visit;
  return (
    <>
      <div class="top">
        <h1>{title}</h1>
      </div>
      {problems.size === 0 ? null : (
        <Notice tone="bad" title={t('This cannot be filed yet', '暂时无法提交')}>
          {problems.has('lines')
            ? t(
                'Ask for at least one product, in an amount that can be written.',
                '请至少填写一种商品，并使用合理的数量。',
              )
            : t('Please correct the marked fields.', '请更正标出的字段。')}
        </Notice>
      )}
      <section class="card" aria-labelledby="supplier">
        <h2 id="supplier">{t('Supplier', '供应商')}</h2>
        <p class="choices">
          {SUPPLIERS.map(({ code, name }) => (
            <a href={`/oa/new?supplier=${code}`} {...(code === supplier.code ? { 'aria-current': 'true' } : {})}>
              {name}
            </a>
          ))}
        </p>
      </section>
      <form class="card" method="post" action={`/oa/new?supplier=${supplier.code}`}>
        <div class="field">
          <label for="title">{t('What for', '用途')}</label>
          <input
            id="title"
            name="title"
            maxlength={200}
            required
            value={valueIn(values, 'title')}
            aria-invalid={String(problems.has('title'))}
          />
        </div>
        <div class="fields">
          <div class="field">
            <label for="requesterId">{t('Requested by', '申请人')}</label>
            <select id="requesterId" name="requesterId">
              {directory.people.map(({ employeeId, name, active }) => (
                <option value={employeeId} selected={employeeId === valueIn(values, 'requesterId')}>
                  {active ? name : `${name} (${t('has left', '已离职')})`}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="costCentre">{t('Cost centre', '成本中心')}</label>
            <select id="costCentre" name="costCentre">
              {directory.costCentres.map(({ costCentreId, name }) => (
                <option value={costCentreId} selected={costCentreId === valueIn(values, 'costCentre')}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        </div>
        <fieldset class="products">
          <legend>{t('Products', '商品')}</legend>
          <p class="hint">
            {t(
              `Net prices in ${supplier.currency}. Leave a quantity empty to leave the product out. Zero, negative and absurd figures may be filed: Meridian refuses them and names the field.`,
              `不含税价，币种 ${supplier.currency}。不需要的商品请将数量留空。零、负数或不合理的数字也可以提交：Meridian 会拒绝并指出具体字段。`,
            )}
          </p>
          {productsOf(supplier).map(({ code, name, unit }) => (
            <div class="product">
              <p>
                {name}
                <br />
                <span class="meta">{code}</span>
              </p>
              <Figure
                field={`quantity.${code}`}
                label={`${t('Quantity', '数量')} (${unit})`}
                {...{ values, problems }}
              />
              <Figure field={`price.${code}`} label={t('Price per unit', '单价')} {...{ values, problems }} />
            </div>
          ))}
        </fieldset>
        <div class="field">
          <label for="justification">{t('Why (optional)', '理由（可不填）')}</label>
          <textarea id="justification" name="justification" maxlength={2000}>
            {valueIn(values, 'justification')}
          </textarea>
        </div>
        <div class="actions">
          <button class="main" type="submit">
            {t('File it', '提交')}
          </button>
        </div>
      </form>
    </>
  );
}

interface FigureProps {
  readonly field: string;
  readonly label: string;
  readonly values: FormValues;
  readonly problems: FormProblems;
}

function Figure({ field, label, values, problems }: FigureProps) {
  return (
    <div>
      <label for={field}>{label}</label>
      <input
        class="figure"
        id={field}
        name={field}
        inputmode="decimal"
        autocomplete="off"
        value={valueIn(values, field)}
        aria-invalid={String(problems.has(field))}
      />
    </div>
  );
}
